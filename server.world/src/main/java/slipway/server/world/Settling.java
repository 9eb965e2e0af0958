package slipway.server.world;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import slipway.packet.PacketEnd;

/**
 * Worlds of a service come to rest before they are parked: their sessions are closed, the worlds
 * are told that these leave, and their frames go on until all work is done that they have begun,
 * and all messages between them have been heard. So what a world saves then names nobody.
 *
 * <p>All worlds are at rest if each has had a frame with nothing to do since the last frame of any
 * of them that had something to do. May be used from any thread.
 */
final class Settling {

  /** After this the worlds are parked as they are; one may never be quiet. */
  private static final int PATIENCE_SECONDS = 3;

  private final List<HostWorld> worlds;
  private final Set<HostWorld> busy;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /** Makes what has not begun. */
  Settling(Collection<HostWorld> worlds) {
    this.worlds = List.copyOf(worlds);
    this.busy = new HashSet<>(worlds);
  }

  /** Begins; completed when the worlds are at rest, or have had enough time for it. */
  CompletionStage<Void> begin() {
    worlds.forEach(world -> world.seat().execute(() -> settle(world)));
    return done.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void settle(HostWorld world) {
    world.status().release(); // a version that wanted to take it over comes too late
    world.rest().settle(this);
    world.calls().over("its service stops");
    world.members().list().forEach(member -> member.session().close(PacketEnd.CLOSED));
    if (!world.isRunning()) {
      frame(world, true);
    }
  }

  /** A frame of a world is over; says whether it had nothing to do, and has not now. */
  synchronized void frame(HostWorld world, boolean quiet) {
    if (quiet) {
      busy.remove(world);
    } else {
      busy.addAll(worlds);
    }
    if (busy.isEmpty()) {
      done.complete(null);
    }
  }
}
