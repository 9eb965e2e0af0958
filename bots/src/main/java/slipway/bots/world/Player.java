package slipway.bots.world;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.SplittableRandom;
import slipway.bots.link.Loop;
import slipway.bots.link.Wire;
import slipway.bots.report.Events;
import slipway.packet.PacketException;

/**
 * A player: its connection, and how far it is with its log-in and its life in zones. Confined to
 * its event loop.
 *
 * <pre>
 *   WAITING ──its turn──▸ CONNECTING ──made──▸ LOGGING_IN ──WELCOME──▸ WELCOMED
 *                                                                         │ ZONE
 *     DONE ◂──SEEN── LOOKING ◂──at rest── SETTLING ◂──stop── PLAYING ◂────┘
 *
 *   each of them ──refused, closed, left──▸ OVER
 * </pre>
 *
 * <p>One that is PLAYING may be cut. It comes back by another connection, and does nothing before
 * that, but is told all that it has missed.
 */
final class Player implements Wire.Owner {

  private enum State {
    WAITING,
    CONNECTING,
    LOGGING_IN,
    WELCOMED,
    PLAYING,
    SETTLING,
    LOOKING,
    DONE,
    OVER;

    boolean isEntering() {
      return this == LOGGING_IN || this == WELCOMED;
    }

    boolean isInZone() {
      return this == PLAYING || isEnding() || this == DONE;
    }

    boolean isEnding() {
      return this == SETTLING || this == LOOKING;
    }
  }

  private final int number;
  private final WorldPlan plan;
  private final WorldTally tally;
  private final Events events;
  private final SplittableRandom random;
  private final Outgoing packets;
  private final Witness witness;
  private final Life life;
  private final Line line;

  private State state = State.WAITING;

  /** When it connects; once it does, when it has to be in a zone. */
  private long due;

  private long nextDecision;
  private long nextAlive;

  /**
   * A player that has not come yet.
   *
   * @param number from 1 on
   */
  Player(
      int number,
      WorldPlan plan,
      Loop loop,
      WorldTally tally,
      Events events,
      SplittableRandom random) {
    this.number = number;
    this.plan = plan;
    this.tally = tally;
    this.events = events;
    this.random = random;
    this.packets = new Outgoing(plan.format());
    this.witness = new Witness(number, events.fault());
    this.line = new Line(plan, loop, tally);
    this.life = new Life(number, plan, tally, events.fault(), random);
  }

  // ---- connection ------------------------------------------------------------------------------

  /** The run begins: the player comes when it is its turn. */
  void begin(long now) {
    due = now + (number - 1) * plan.ramp().toNanos();
  }

  private void connect() {
    state = State.CONNECTING;
    dial();
  }

  private void dial() {
    line.dial(
        this,
        cause -> {
          events.entrance().refused(cause);
          over();
        });
  }

  @Override
  public void opened(Wire made) {
    line.opened(made);
    if (state == State.OVER) {
      line.close();
    } else if (line.isAway()) {
      line.ask();
    } else {
      logIn();
    }
  }

  private void logIn() {
    state = State.LOGGING_IN;
    due = System.nanoTime() + plan.enterWithin().toNanos();
    Login login = Login.of(plan, number);
    ByteBuf out = line.buffer(login.room());
    login.write(packets, out);
    line.send(out);
  }

  private void refused(String why) {
    tally.refused++;
    events.entrance().refused(new IOException(why));
    leave();
  }

  @Override
  public void closed(Wire gone) {
    if (line.has(gone)) { // else it was cut
      if (state.isEntering()) {
        events.entrance().refused(new IOException("the server has closed a new connection"));
      }
      over();
    }
  }

  /** Closes the connection; what is awaited will not come any more. */
  void leave() {
    if (state.isEnding()) {
      life.forget();
    }
    if (state != State.OVER) {
      line.close();
    }
    over();
  }

  private void over() {
    if (line.isAway() && state != State.OVER) {
      tally.notBack++;
    }
    if (state != State.DONE && state != State.OVER) {
      events.ended().countDown();
    }
    state = State.OVER;
  }

  // ---- what it does ----------------------------------------------------------------------------

  /** Does what is due. */
  void turn(long now) {
    if (state == State.WAITING) {
      if (now - due >= 0) {
        connect();
      }
    } else if (state.isEntering()) {
      if (now - due >= 0) {
        refused("the server has not let a player into a zone in time");
      }
    } else if (state.isInZone() && !line.isAway()) {
      live(now);
    } else if (state.isInZone() && now - due >= 0) {
      leave();
    }
  }

  private void live(long now) {
    life.check(now);
    if (now - nextAlive >= 0) {
      nextAlive = now + plan.alive().toNanos();
      ByteBuf out = line.buffer(Outgoing.ROOM);
      packets.alive(out);
      line.send(out);
    }
    if (state == State.PLAYING && now - nextDecision >= 0) {
      decide(now);
    }
    lookIfAtRest();
  }

  private void decide(long now) {
    nextDecision = Math.max(nextDecision + plan.decide().toNanos(), now);
    if (line.hasToken()) {
      if (random.nextInt(Mix.ALL) < plan.cut()) {
        due = now + plan.enterWithin().toNanos();
        line.cut();
        dial();
        return;
      }
      line.acknowledge();
    }
    Mix.Choice choice = life.choose();
    if (choice != Mix.Choice.STAY && line.isWritable()) {
      ByteBuf out = line.buffer(Outgoing.ROOM);
      life.act(choice, out, now);
      line.send(out);
    }
  }

  /** Decides nothing more. What is under way ends, and then the player looks. */
  void stop() {
    if (state == State.PLAYING) {
      state = State.SETTLING;
      lookIfAtRest();
    } else if (!state.isInZone()) {
      leave();
    }
  }

  private void lookIfAtRest() {
    if (state == State.SETTLING && !line.isAway() && life.isAtRest()) {
      state = State.LOOKING;
      ByteBuf out = line.buffer(Outgoing.ROOM);
      life.look(out);
      line.send(out);
    }
  }

  // ---- what comes ------------------------------------------------------------------------------

  @Override
  public void packet(Wire from, ByteBuf bytes, int start, int length) {
    tally.in++;
    line.got(length);
    boolean taken = false;
    if (Incoming.isWhole(bytes, start, length)) {
      int type = Incoming.type(bytes, start, length);
      taken =
          state.isInZone()
              ? inZone(type, bytes, start, length)
              : entering(type, bytes, start, length);
    }
    if (!taken) {
      tally.packetErrors++;
      witness.wrong(
          "too short or long, unknown, or out of place", Witness.NOTHING, bytes, start, length);
    }
  }

  private boolean entering(int type, ByteBuf bytes, int start, int length) {
    if (type == Incoming.REFUSED) {
      refused("the server has refused a player: " + Incoming.refusal(bytes, start));
    } else if (type == Incoming.WELCOME && state == State.LOGGING_IN) {
      state = State.WELCOMED;
      life.is(Incoming.id(bytes, start));
    } else if (type == Incoming.TOKEN && state == State.WELCOMED) {
      line.token(bytes, start + Incoming.FIRST);
    } else if (type == Incoming.ZONE && state == State.WELCOMED) {
      state = State.PLAYING;
      life.enter(bytes, start, length);
      long now = System.nanoTime();
      nextDecision = now + random.nextLong(plan.decide().toNanos());
      nextAlive = now + plan.alive().toNanos();
      events.entrance().in();
    } else {
      return false;
    }
    return true;
  }

  private boolean inZone(int type, ByteBuf bytes, int start, int length) {
    if (type == Incoming.SEEN && state == State.LOOKING) {
      life.seen(bytes, start, length);
      state = State.DONE;
      events.ended().countDown();
      return true;
    }
    if (type == Incoming.RESUMED) {
      return line.back(bytes, start);
    }
    if (type == Incoming.REFUSED && line.isAway()) {
      leave();
      return true;
    }
    return life.packet(type, System.nanoTime(), bytes, start, length);
  }

  @Override
  public void batchDone(Wire from) {
    // what it does depends on the time only
  }

  @Override
  public void wrong(Wire from, PacketException why, ByteBuf bytes, int start) {
    tally.packetErrors++;
    witness.wrong(
        "the framing, " + why.end(), Witness.NOTHING, bytes, start, bytes.writerIndex() - start);
  }
}
