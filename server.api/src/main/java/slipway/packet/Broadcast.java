package slipway.packet;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * A packet on its way to many sessions: encoded once for each format, and one task for each event
 * loop.
 *
 * @param all the packet in each format that is in use
 * @param except who does not get it; null for nobody
 */
record Broadcast(List<Encoded> all, PacketSession except, Waiting.Kind kind, long key) {

  /** Sends it to the sessions of an event loop: at once if it is this thread's. */
  void in(EventLoop loop, LoopSessions sessions) {
    if (loop.inEventLoop()) {
      sessions.forEach(this::put);
      return;
    }
    all.forEach(Encoded::retain);
    try {
      loop.execute(
          () -> {
            try {
              sessions.forEach(this::put);
            } finally {
              all.forEach(Encoded::release);
            }
          });
    } catch (RejectedExecutionException ended) { // and all its sessions with it
      all.forEach(Encoded::release);
    }
  }

  private void put(PacketSession session) {
    if (session == except) {
      return;
    }
    for (Encoded encoded : all) {
      if (encoded.format().equals(session.settings().format())) {
        session.put(encoded, kind, key);
        return;
      }
    }
  }
}
