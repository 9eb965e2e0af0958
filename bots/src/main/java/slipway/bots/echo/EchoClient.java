package slipway.bots.echo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import slipway.bots.link.Loop;
import slipway.bots.link.Wire;
import slipway.bots.report.Events;
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

  /** After a close for a reason, or a connection that it did not get. */
  private static final long BACK_MILLIS = 200;

  private final long account;
  private final EchoPlan plan;
  private final EchoPacket packets;
  private final Loop loop;
  private final Events events;
  private final RandomGenerator random;
  private final Answers answers;
  private final long pauseNanos;
  private final Runnable afterPause = this::pauseIsOver;

  private State state = State.OUTSIDE;
  private Wire wire;
  private boolean tried;
  private boolean dialing;
  private boolean pausing;

  /** Whether it comes back at once, as it has left of its own accord. */
  private boolean returns;

  private boolean stopped;

  EchoClient(
      long account,
      EchoPlan plan,
      Loop loop,
      EchoTally tally,
      Events events,
      RandomGenerator random) {
    this.account = account;
    this.plan = plan;
    this.packets = new EchoPacket(plan.format(), plan.filler());
    this.loop = loop;
    this.events = events;
    this.random = random;
    this.answers = new Answers(account, plan, packets, tally, events.fault());
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
    answers.abandon();
    wire.close();
  }

  @Override
  public void closed(Wire over) {
    if (state == State.ENDED) {
      return;
    }
    wire = null;
    state = State.OUTSIDE;
    if (!over.isClosedHere()) {
      answers.lose();
    }
    if (returns) {
      returns = false;
      enter();
    } else {
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
    if (state == State.TALKING && answers.areComplete()) {
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
    answers.miss();
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
    while (!stopped && !pausing && answers.room() > 0) {
      if (out == null) {
        out = wire.buffer(Math.min(BATCH_BYTES, answers.room() * packets.longest()));
        now = System.nanoTime();
      } else if (out.readableBytes() > BATCH_BYTES) {
        break;
      }
      out.ensureWritable(packets.longest());
      packets.write(out, EchoPacket.REQUEST, account, answers.send(now));
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
    if (answers.take(bytes, start, length)
        && !stopped
        && plan.reconnect() > 0
        && random.nextInt(PER_MILLE) < plan.reconnect()) {
      returns = true;
      leave();
    }
  }

  @Override
  public void batchDone(Wire from) {
    if (!stopped) {
      talk();
    } else if (answers.areComplete()) {
      leave();
    }
  }

  @Override
  public void wrong(Wire from, PacketException why, ByteBuf bytes, int start) {
    answers.takeWrong(why, bytes, start);
    leave();
  }
}
