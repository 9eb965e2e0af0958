package slipway.bots.echo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import slipway.bots.link.Loop;
import slipway.bots.link.Times;
import slipway.bots.link.Wire;
import slipway.bots.report.Fault;
import slipway.bots.report.Fault.Bytes;
import slipway.packet.PacketEnd;
import slipway.packet.PacketException;

/**
 * A client that keeps some packets under way and checks each answer. It has one connection at a
 * time, and its numbers rise from one connection to the next. Confined to its event loop.
 *
 * <pre>
 *              made                 stopped, all answered
 *   OUTSIDE ──────────▸ TALKING ──────────────────────────▸ ENDED
 *      ▴                   │                                  ▴
 *      └───────────────────┘                                  │
 *   left, closed or refused; comes back unless stopped ───────┘
 * </pre>
 */
final class EchoClient implements Wire.Owner {

  private enum State {
    OUTSIDE,
    TALKING,
    ENDED
  }

  private static final int PER_MILLE = 1000;

  /** How much is written at once; the rest follows with the next answers. */
  private static final int BATCH_BYTES = 64 * 1024;

  /** After a close that the client did not make, or a connection that it did not get. */
  private static final long BACK_MILLIS = 200;

  private final long account;
  private final EchoPlan plan;
  private final EchoPacket packets;
  private final Loop loop;
  private final EchoTally tally;
  private final EchoEvents events;
  private final RandomGenerator random;
  private final UnderWay underWay;
  private final long lateNanos;
  private final long pauseNanos;
  private final Runnable afterPause = this::pauseIsOver;

  private State state = State.OUTSIDE;
  private Wire wire;
  private boolean tried;
  private boolean dialing;
  private boolean pausing;
  private boolean stopped;

  EchoClient(
      long account,
      EchoPlan plan,
      Loop loop,
      EchoTally tally,
      EchoEvents events,
      RandomGenerator random) {
    this.account = account;
    this.plan = plan;
    this.packets = new EchoPacket(plan.format(), plan.filler());
    this.loop = loop;
    this.tally = tally;
    this.events = events;
    this.random = random;
    this.underWay = new UnderWay(plan.underWay());
    this.lateNanos = plan.late().toNanos();
    this.pauseNanos = plan.pause().toNanos();
  }

  // ---- connections -----------------------------------------------------------------------------

  /** Connects, unless there is nothing more to do. */
  void enter() {
    if (stopped) {
      end();
    } else {
      dialing = true;
      loop.dialer().dial(new Wire(plan.format(), this, loop.links()), this::refused);
    }
  }

  private void refused(Throwable cause) {
    dialing = false;
    if (!tried) {
      tried = true;
      events.entrance().refused(cause);
    }
    comeBackLater();
  }

  @Override
  public void opened(Wire made) {
    dialing = false;
    if (!tried) {
      tried = true;
      events.entrance().in();
    }
    if (state == State.ENDED) {
      made.close();
      return;
    }
    wire = made;
    state = State.TALKING;
    if (stopped) {
      leave();
    } else {
      talk();
    }
  }

  /** Closes the connection, whatever is under way. */
  private void leave() {
    tally.late += underWay.sentBefore(System.nanoTime() - lateNanos);
    tally.abandoned += underWay.count();
    underWay.forget();
    wire.close();
  }

  @Override
  public void closed(Wire over) {
    if (state == State.ENDED) {
      return;
    }
    wire = null;
    state = State.OUTSIDE;
    if (over.isClosedHere()) {
      enter();
    } else {
      tally.late += underWay.sentBefore(System.nanoTime() - lateNanos);
      tally.lost += underWay.count();
      underWay.forget();
      comeBackLater();
    }
  }

  private void comeBackLater() {
    if (stopped) {
      end();
    } else {
      var unused = loop.events().schedule(this::enter, BACK_MILLIS, MILLISECONDS);
    }
  }

  /** Sends nothing more, and ends when all is answered. */
  void stop() {
    stopped = true;
    if (state == State.TALKING && underWay.count() == 0) {
      leave();
    } else if (state == State.OUTSIDE && !dialing) {
      end();
    }
  }

  /** Ends now; what is not answered is missing. */
  void cut() {
    stopped = true;
    if (state == State.ENDED) {
      return;
    }
    tally.unanswered += underWay.count();
    underWay.forget();
    if (wire != null) {
      wire.close();
    }
    end();
  }

  private void end() {
    if (state != State.ENDED) {
      state = State.ENDED;
      events.ended().countDown();
    }
  }

  // ---- packets ---------------------------------------------------------------------------------

  private void talk() {
    ByteBuf out = null;
    long now = 0;
    while (!stopped && !pausing && underWay.room() > 0) {
      if (out == null) {
        out = wire.buffer(Math.min(BATCH_BYTES, underWay.room() * packets.longest()));
        now = System.nanoTime();
      } else if (out.readableBytes() > BATCH_BYTES) {
        break;
      }
      out.ensureWritable(packets.longest());
      packets.write(out, EchoPacket.REQUEST, account, underWay.send(now));
      tally.sent++;
      if (pauseNanos > 0) {
        pausing = true;
        var unused = loop.events().schedule(afterPause, pauseNanos, NANOSECONDS);
      }
    }
    if (out != null) {
      wire.send(out);
    }
  }

  private void pauseIsOver() {
    pausing = false;
    if (state == State.TALKING && !wire.isClosedHere()) {
      talk();
    }
  }

  @Override
  public void packet(Wire from, ByteBuf bytes, int start, int length) {
    if (!EchoPacket.isAnswer(bytes, start, length)) {
      tally.packetErrors++;
      fault("no answer to an echo", underWay.first(), bytes, start, length);
      return;
    }
    long expected = underWay.first();
    long tick = EchoPacket.tick(bytes, start);
    long sent = underWay.answer(tick);
    if (tick != expected || sent == UnderWay.NONE) {
      tally.orderErrors++;
      fault("the order", expected, bytes, start, length);
    }
    if (!packets.hasContent(bytes, start, length, account, tick)) {
      tally.contentErrors++;
      fault("the content", tick, bytes, start, length);
    }
    if (sent != UnderWay.NONE) {
      answered(System.nanoTime() - sent);
    }
  }

  private void answered(long nanos) {
    tally.answered++;
    Times.record(tally.answerNanos, nanos);
    if (nanos > lateNanos) {
      tally.late++;
    }
    if (!stopped && plan.reconnect() > 0 && random.nextInt(PER_MILLE) < plan.reconnect()) {
      leave();
    }
  }

  @Override
  public void batchDone(Wire from) {
    if (!stopped) {
      talk();
    } else if (underWay.count() == 0) {
      leave();
    }
  }

  @Override
  public void wrong(Wire from, PacketException why, ByteBuf bytes, int start) {
    tally.packetErrors++;
    long tick = underWay.first();
    int header = plan.format().header();
    int there = Math.min(bytes.writerIndex() - start, packets.longest());
    if (why.end()
        == PacketEnd.BAD_CHECKSUM) { // the disguise is off, so the payload can be compared
      fault("the checksum", tick, bytes, start + header, there - header);
    } else {
      events
          .fault()
          .offer(
              () ->
                  new Fault(
                      "the framing, " + why.end(),
                      account,
                      packets.wholeAnswer(account, tick),
                      Bytes.of(bytes, start, there)));
    }
    leave();
  }

  private void fault(String what, long tick, ByteBuf bytes, int from, int length) {
    events
        .fault()
        .offer(
            () ->
                new Fault(
                    what, account, packets.answer(account, tick), Bytes.of(bytes, from, length)));
  }
}
