package slipway.server.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import slipway.world.WorldService;
import slipway.world.WorldSpec;

/**
 * Worlds that a version makes anew: all of them, or none. Belongs to the control thread.
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
    return CompletableFuture.runAsync(
        () -> {
          HostContext context = new HostContext(world, realm);
          try {
            world.take(new Tenure(version, number, version.create(context), context));
          } catch (Throwable failed) {
            throw new CompletionException(
                new IllegalStateException(
                    "world " + world.name() + " cannot be made: " + Work.line(failed), failed));
          }
        },
        world.seat());
  }
}
