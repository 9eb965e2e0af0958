package slipway.bots.publish;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import slipway.bots.link.Loop;
import slipway.bots.link.Times;
import slipway.bots.link.Wire;
import slipway.bots.report.Fault;
import slipway.bots.report.Fault.Bytes;
import slipway.packet.PacketException;

/**
 * A client that publishes numbered packets, and hears those of all others. Each client is in before
 * the first packet is published, so it has to hear all numbers from 0 on, of each other client.
 * Confined to its event loop.
 *
 * <pre>
 *   OUTSIDE ──made──▸ GREETING ──answered──▸ IN ──closed──▸ OVER
 *      │                  │                                  ▴
 *      └─────refused──────┴──────────closed──────────────────┘
 * </pre>
 */
final class PublishClient implements Wire.Owner {

  private enum State {
    OUTSIDE,
    GREETING,
    IN,
    OVER
  }

  private final int number;
  private final PublishPlan plan;
  private final PublishPacket packets;
  private final Loop loop;
  private final PublishTally tally;
  private final PublishEvents events;
  private final long lateNanos;

  /** Of each publisher, the number that comes next. */
  private final long[] next;

  private State state = State.OUTSIDE;
  private Wire wire;
  private long sent;

  /** In the end, how many packets of each publisher are awaited; null before that. */
  private long[] awaited;

  /** How many of these have not come. */
  private long missing;

  PublishClient(int number, PublishPlan plan, Loop loop, PublishTally tally, PublishEvents events) {
    this.number = number;
    this.plan = plan;
    this.packets = new PublishPacket(plan.format(), plan.filler());
    this.loop = loop;
    this.tally = tally;
    this.events = events;
    this.lateNanos = plan.late().toNanos();
    this.next = new long[plan.clients()];
  }

  // ---- connection ------------------------------------------------------------------------------

  void enter() {
    loop.dialer().dial(new Wire(plan.format(), this, loop.links()), this::refused);
  }

  private void refused(Throwable cause) {
    state = State.OVER;
    events.entrance().refused(cause);
  }

  @Override
  public void opened(Wire made) {
    wire = made;
    if (state == State.OVER) {
      wire.close();
      return;
    }
    state = State.GREETING;
    ByteBuf greeting = wire.buffer(packets.longest());
    packets.writeGreeting(greeting, number);
    wire.send(greeting);
  }

  @Override
  public void closed(Wire over) {
    if (state == State.GREETING) {
      events.entrance().refused(new IOException("the server has closed a new connection"));
    } else if (state == State.IN) {
      events.news().release(plan.clients());
    }
    state = State.OVER;
  }

  /** Closes the connection. */
  void leave() {
    if (state == State.IN || state == State.GREETING) {
      wire.close();
    }
    state = State.OVER;
  }

  // ---- packets ---------------------------------------------------------------------------------

  /**
   * Publishes what is due.
   *
   * @param due how many packets should have been published by now
   */
  void publish(long due) {
    if (state != State.IN || sent >= due || !wire.isWritable()) {
      return;
    }
    ByteBuf out = wire.buffer(packets.longest());
    long now = System.nanoTime();
    for (; sent < due; sent++) {
      out.ensureWritable(packets.longest());
      packets.write(out, number, sent, now);
      tally.published++;
    }
    wire.send(out);
  }

  @Override
  public void packet(Wire from, ByteBuf bytes, int start, int length) {
    if (state == State.GREETING && PublishPacket.isGreeted(bytes, start, length)) {
      state = State.IN;
      events.entrance().in();
    } else if (PublishPacket.isPublished(bytes, start, length)
        && isOther(PublishPacket.publisher(bytes, start))) {
      heard(bytes, start, length);
    } else {
      tally.packetErrors++;
      fault("nothing that another client has published", number, 0, bytes, start, length);
    }
  }

  private boolean isOther(long publisher) {
    return publisher >= 0 && publisher < next.length && publisher != number;
  }

  private void heard(ByteBuf bytes, int start, int length) {
    int publisher = (int) PublishPacket.publisher(bytes, start);
    long got = PublishPacket.number(bytes, start);
    long expected = next[publisher];
    tally.heard++;
    if (got < expected) {
      tally.repeated++;
      fault("the order", publisher, expected, bytes, start, length);
    } else {
      if (got > expected) {
        tally.skipped += got - expected;
        fault("the order", publisher, expected, bytes, start, length);
      }
      next[publisher] = got + 1;
      advanced(publisher, expected);
    }
    if (!packets.hasContent(bytes, start, length, publisher, got)) {
      tally.contentErrors++;
      fault("the content", publisher, got, bytes, start, length);
    }
    long nanos = System.nanoTime() - PublishPacket.nanos(bytes, start);
    Times.record(tally.nanos, nanos);
    if (nanos > lateNanos) {
      tally.late++;
    }
  }

  private void fault(
      String what, long publisher, long expected, ByteBuf bytes, int start, int length) {
    long nanos = length >= PublishPlan.HEAD ? PublishPacket.nanos(bytes, start) : 0;
    events
        .fault()
        .offer(
            () ->
                new Fault(
                    what,
                    number,
                    packets.published(publisher, expected, nanos),
                    Bytes.of(bytes, start, length)));
  }

  @Override
  public void batchDone(Wire from) {
    // what is sent depends on the time only
  }

  @Override
  public void wrong(Wire from, PacketException why, ByteBuf bytes, int start) {
    tally.packetErrors++;
    events
        .fault()
        .offer(
            () ->
                new Fault(
                    "the framing, " + why.end(),
                    number,
                    Bytes.written(buffer -> {}),
                    Bytes.of(bytes, start, bytes.writerIndex() - start)));
  }

  // ---- in the end ------------------------------------------------------------------------------

  /**
   * Nothing more is published: tells once all has come.
   *
   * @param published how many packets each client has published that is in; not changed by anybody
   */
  void await(long[] published) {
    if (state != State.IN) {
      return; // its close was told
    }
    awaited = published;
    missing = 0;
    for (int publisher = 0; publisher < next.length; publisher++) {
      missing += missing(publisher, next[publisher]);
    }
    tellIfNoneIsMissing();
  }

  private long missing(int publisher, long from) {
    return publisher == number ? 0 : Math.max(0, awaited[publisher] - from);
  }

  private void advanced(int publisher, long from) {
    if (awaited != null && missing > 0) {
      missing -= missing(publisher, from) - missing(publisher, next[publisher]);
      tellIfNoneIsMissing();
    }
  }

  private void tellIfNoneIsMissing() {
    if (missing == 0) {
      events.news().release();
    }
  }

  int number() {
    return number;
  }

  /** Whether the server still serves it. */
  boolean isIn() {
    return state == State.IN;
  }

  /** How many packets it has published. */
  long sent() {
    return sent;
  }

  /** A copy: of each publisher, the number that comes next. */
  long[] next() {
    return next.clone();
  }
}
