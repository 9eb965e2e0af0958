package slipway.packet;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a {@link PacketBatch} sends to the sessions of one event loop. A load is filled in the
 * batch's thread, and goes to the event loop as a whole; when that has put it down, it comes back
 * to be filled again, so that nothing is allocated for a packet.
 */
final class SendingLane {

  private final EventLoop loop;

  /** One that has come back; null if there is none. */
  private final AtomicReference<Load> empty = new AtomicReference<>();

  /** What is being filled. */
  private Load load = new Load();

  SendingLane(EventLoop loop) {
    this.loop = loop;
  }

  EventLoop loop() {
    return loop;
  }

  /** Takes a packet along, and keeps it until it is put down. */
  void add(PacketSession session, Encoded packet, Waiting.Kind kind, long key) {
    packet.retain();
    load.add(session, packet, kind, key);
  }

  /** Ends a session when the packets are put down. */
  void end(PacketSession session, PacketEnd why) {
    load.ends.add(new End(session, why));
  }

  /** Sends the load on its way. */
  void flush() {
    if (load.count == 0 && load.ends.isEmpty()) {
      return;
    }
    Load full = load;
    Load next = empty.getAndSet(null);
    load = next == null ? new Load() : next;
    try {
      loop.execute(full);
    } catch (RejectedExecutionException ended) { // and all sessions of that event loop with it
      full.drop();
    }
  }

  /** Drops what was not flushed. */
  void drop() {
    load.drop();
  }

  private record End(PacketSession session, PacketEnd why) {}

  /** Packets on their way to sessions of the event loop, where it runs. */
  private final class Load implements Runnable {

    private static final int FIRST = 64;

    private int count;
    private PacketSession[] sessions = new PacketSession[FIRST];
    private Encoded[] packets = new Encoded[FIRST];
    private Waiting.Kind[] kinds = new Waiting.Kind[FIRST];
    private long[] keys = new long[FIRST];
    private final List<End> ends = new ArrayList<>();

    void add(PacketSession session, Encoded packet, Waiting.Kind kind, long key) {
      if (count == sessions.length) {
        int more = 2 * count;
        sessions = Arrays.copyOf(sessions, more);
        packets = Arrays.copyOf(packets, more);
        kinds = Arrays.copyOf(kinds, more);
        keys = Arrays.copyOf(keys, more);
      }
      sessions[count] = session;
      packets[count] = packet;
      kinds[count] = kind;
      keys[count] = key;
      count++;
    }

    @Override
    public void run() {
      try {
        for (int each = 0; each < count; each++) {
          sessions[each].put(packets[each], kinds[each], keys[each]);
        }
        ends.forEach(end -> end.session().close(end.why()));
      } finally {
        drop();
        empty.set(this);
      }
    }

    void drop() {
      for (int each = 0; each < count; each++) {
        packets[each].release();
      }
      Arrays.fill(sessions, 0, count, null);
      Arrays.fill(packets, 0, count, null);
      ends.clear();
      count = 0;
    }
  }
}
