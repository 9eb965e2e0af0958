package slipway.server.world;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import slipway.server.world.park.ParkedWorld;
import slipway.world.World;
import slipway.world.WorldService;
import slipway.world.WorldSpec;

/**
 * Worlds that a version makes, anew or from where they were parked: all of them, or none. Belongs
 * to the control thread.
 *
 * @param number the version's, for people
 */
record Opening(Realm realm, Directory directory, WorldService version, String number) {

  /** Makes worlds; fails if one cannot be made, and closes the others then. */
  CompletableFuture<Map<String, HostWorld>> open(List<WorldSpec> specs) {
    Map<String, HostWorld> opened = new LinkedHashMap<>();
    List<CompletableFuture<?>> made = new ArrayList<>();
    try {
      for (WorldSpec spec : specs) {
        HostWorld world = directory.open(spec, realm.service());
        opened.put(spec.name(), world);
        made.add(make(world));
      }
    } catch (IllegalArgumentException taken) {
      made.add(CompletableFuture.failedFuture(taken));
    }
    return Stages.all(made)
        .handleAsync(
            (done, failed) -> {
              if (failed != null) {
                opened.values().forEach(directory::close);
                throw new CompletionException(Stages.cause(failed));
              }
              return opened;
            },
            directory.control());
  }

  private CompletableFuture<Void> make(HostWorld world) {
    return CompletableFuture.supplyAsync(
            () -> directory.parking().find(realm.service(), world.name()), directory::async)
        .thenAcceptAsync(parked -> make(world, parked), world.seat());
  }

  /** In the world's loop. */
  private void make(HostWorld world, Optional<ParkedWorld> parked) {
    HostContext context = new HostContext(world, realm);
    World state;
    try {
      state =
          parked.isPresent()
              ? version.load(context, in(parked.get().state()))
              : version.create(context);
    } catch (Throwable failed) {
      throw new CompletionException(
          parked.isPresent()
              ? directory.parking().refusal(world.name(), Work.line(failed), failed)
              : new IllegalStateException(
                  "world " + world.name() + " cannot be made: " + Work.line(failed), failed));
    }
    parked.ifPresent(before -> world.schedule().goOnWith(before.frame()));
    directory.parking().check(world.name(), version, state);
    world.take(new Tenure(version, number, state, context));
  }

  private static DataInput in(byte[] state) {
    return new DataInputStream(new ByteArrayInputStream(state));
  }
}
