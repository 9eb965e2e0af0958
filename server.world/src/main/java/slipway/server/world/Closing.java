package slipway.server.world;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the worlds of a service, which are parked if the operator wants it. Belongs to the
 * control thread.
 *
 * <pre>
 *  settle all ─▸ save each in its loop ─▸ write in a thread that may block ─▸ close all
 * </pre>
 */
record Closing(String service, Directory directory, Collection<HostWorld> worlds) {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  /** How long a loop may take to come to a world, which another one may hold. */
  private static final int PATIENCE_SECONDS = 5;

  /** Closes them; completed when what is to be written is on the disk. Never fails. */
  CompletableFuture<Void> run() {
    List<HostWorld> parked =
        worlds.stream().filter(world -> directory.parking().parks(world.name())).toList();
    if (parked.isEmpty()) {
      worlds.forEach(directory::close);
      return CompletableFuture.completedFuture(null);
    }
    return new Settling(worlds)
        .begin()
        .thenCompose(rest -> Stages.all(parked.stream().map(this::park).toList()))
        .handleAsync(
            (done, failed) -> {
              worlds.forEach(directory::close);
              return (Void) null;
            },
            directory.control())
        .toCompletableFuture();
  }

  private CompletableFuture<Void> park(HostWorld world) {
    CompletionStage<Parking.Saved> saved =
        CompletableFuture.supplyAsync(() -> saved(world), world.seat())
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return saved
        .thenAcceptAsync(state -> directory.parking().park(service, state), directory::async)
        .exceptionally(failed -> tell(world, Stages.cause(failed)))
        .toCompletableFuture();
  }

  private static Void tell(HostWorld world, Throwable failed) {
    LOG.error("world {}: it is lost, as it cannot be saved", world.name(), failed);
    return null;
  }

  private static Parking.Saved saved(HostWorld world) {
    try {
      return save(world);
    } catch (IOException failed) {
      throw new CompletionException(failed);
    }
  }

  /** In the world's loop. */
  private static Parking.Saved save(HostWorld world) throws IOException {
    if (!world.isRunning()) {
      throw new IllegalStateException(
          "it is " + world.status().state() + ": " + world.status().reason());
    }
    if (world.members().size() > 0) {
      throw new IllegalStateException("its sessions have not left");
    }
    world.status().hold();
    return new Parking.Saved(
        world.name(), world.tenure().version(), world.schedule().next(), Saving.save(world));
  }
}
