package slipway.bench.world;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketReader;
import slipway.world.Frame;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldSession;

/**
 * A world that notes when its frames begin, and works in them as it is told. Its packets:
 *
 * <pre>
 *   7000 BEGIN   u32 most frames, u32 CPU µs a frame, u32 KiB of garbage a frame
 *   7001 END     is answered by what was noted since:
 *   7002 FRAMES  u16 count, count * (i64 number, i64 nanoTime); the last one has none
 * </pre>
 */
final class FrameWorld implements World {

  private static final int BEGIN = 7000;
  private static final int END = 7001;
  private static final int FRAMES = 7002;

  /** In a packet. */
  private static final int MOST = 100;

  private static final int KIB = 1024;

  /** Frames for which garbage is kept, so that some of it survives a collection. */
  private static final int KEPT = 64;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final WorldContext context;
  private long[] numbers = {};
  private long[] nanos = {};
  private int count;
  private long cpuNanos;
  private int garbage;
  private Object[] kept = {};

  FrameWorld(WorldContext context) {
    this.context = context;
  }

  @Override
  public boolean join(WorldSession session, PacketReader ticket) {
    return true;
  }

  @Override
  public void packet(WorldSession session, PacketReader packet) {
    switch (packet.u16()) {
      case BEGIN -> begin((int) packet.u32(), packet.u32() * 1000, (int) packet.u32());
      case END -> end(session);
      default -> throw packet.unknownType();
    }
    packet.end();
  }

  private void begin(int most, long cpu, int kibibytes) {
    numbers = new long[most];
    nanos = new long[most];
    count = 0;
    cpuNanos = cpu;
    garbage = kibibytes;
    kept = new Object[KEPT * kibibytes];
  }

  private void end(WorldSession session) {
    for (int from = 0; from < count; from += MOST) {
      int to = Math.min(count, from + MOST);
      PacketBuilder packet = context.packet(FRAMES).u16(to - from);
      for (int i = from; i < to; i++) {
        packet.i64(numbers[i]).i64(nanos[i]);
      }
      session.send(packet.build());
    }
    session.send(context.packet(FRAMES).u16(0).build());
    begin(0, 0, 0);
  }

  @Override
  public void update(Frame frame) {
    long now = System.nanoTime();
    if (count < numbers.length) {
      numbers[count] = frame.number();
      nanos[count] = now;
      count++;
    }
    if (garbage > 0) {
      litter(frame.number());
    }
    if (cpuNanos > 0) {
      work();
    }
  }

  private void litter(long frame) {
    int from = (int) (frame % KEPT) * garbage;
    for (int i = from; i < from + garbage; i++) {
      kept[i] = new byte[KIB];
    }
  }

  /** Until this thread has had as much CPU, whoever else has the processor meanwhile. */
  private void work() {
    long end = THREADS.getCurrentThreadCpuTime() + cpuNanos;
    while (THREADS.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }
}
