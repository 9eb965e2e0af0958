package slipway.server.world;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import slipway.world.WorldService;

/**
 * A version's rehearsals of all worlds that another one runs. What the worlds are told is noted at
 * the same time, so that the rehearsal of many takes no longer than that of one.
 */
final class Rehearsals {

  private final WorldService version;
  private final String number;
  private final List<HostWorld> worlds;

  /** The one that is under way, or was last; null before the first. */
  private volatile Rehearsal now;

  /**
   * Makes what has not begun.
   *
   * @param number the version's, for people
   */
  Rehearsals(WorldService version, String number, List<HostWorld> worlds) {
    this.version = version;
    this.number = number;
    this.worlds = worlds;
  }

  /** How far they are, in a few words; may be asked from any thread. */
  String progress() {
    Rehearsal rehearsal = now;
    return rehearsal == null ? "its rehearsal" : rehearsal.progress();
  }

  /**
   * Rehearses in a thread of its own; takes two seconds or so.
   *
   * @param nanos the clock by which its frames are measured
   */
  CompletableFuture<Void> begin(LongSupplier nanos) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("slipway-rehearsal")
        .daemon()
        .start(
            () -> {
              try {
                run(nanos);
                end.complete(null);
              } catch (Throwable failed) { // a version's defect, which is told
                end.completeExceptionally(failed);
              }
            });
    return end;
  }

  private void run(LongSupplier nanos) throws Exception {
    List<Rehearsal> all =
        worlds.stream().map(world -> new Rehearsal(world, version, number, nanos)).toList();
    for (Rehearsal each : all) {
      now = each;
      each.begin();
    }
    for (Rehearsal each : all) {
      now = each;
      each.play(); // the frames of the others are noted meanwhile
    }
  }
}
