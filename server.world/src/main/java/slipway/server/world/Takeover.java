package slipway.server.world;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import slipway.world.WorldService;

/**
 * A version takes over worlds of its service from another one: all of them, or none. They are held
 * until all are loaded.
 *
 * <p>Belongs to the control thread.
 *
 * @param number the version's, for people
 */
record Takeover(Realm realm, WorldService version, String number) {

  /** Holds and loads worlds; if one cannot be loaded, none is held any more, and this fails. */
  CompletableFuture<List<Attempt>> load(List<HostWorld> worlds) {
    List<CompletableFuture<Attempt>> attempts = worlds.stream().map(this::attempt).toList();
    return Stages.all(attempts)
        .handleAsync(
            (done, failed) -> {
              if (failed != null) {
                attempts.forEach(Takeover::giveUp);
                throw new CompletionException(Stages.cause(failed));
              }
              return attempts.stream().map(CompletableFuture::join).toList();
            },
            realm.directory().control());
  }

  private CompletableFuture<Attempt> attempt(HostWorld world) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Attempt.of(world, version, number, new HostContext(world, realm));
          } catch (Throwable failed) {
            throw new CompletionException(
                new IllegalStateException(
                    "it cannot go on with world " + world.name() + ": " + Work.line(failed),
                    failed));
          }
        },
        world.seat());
  }

  private static void giveUp(CompletableFuture<Attempt> attempt) {
    if (!attempt.isCompletedExceptionally()) {
      Attempt loaded = attempt.join();
      loaded.world().seat().execute(loaded::giveUp);
    }
  }

  /** The version runs the worlds; completed when its first frames of all of them are over. */
  static CompletableFuture<Void> take(List<Attempt> loaded) {
    return Stages.all(
        loaded.stream()
            .map(
                attempt ->
                    CompletableFuture.supplyAsync(attempt::take, attempt.world().seat())
                        .thenCompose(Probation::end))
            .toList());
  }
}
