package slipway.bots.world;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;

/**
 * Walks: where the player is, where it wants to be, and whether it gets there. A world moves a
 * player by at most {@link #STEP} in each direction a frame, so each walk has a last update in
 * which the player has to be at its goal. Confined to the event loop.
 */
final class Walker {

  /** How far a player walks in a frame. */
  static final int STEP = 10;

  /** How far a goal is in each direction, at most: so that most goals are reached. */
  private static final int REACH = 100;

  /** The first update after a goal may be of the frame in which it was given. */
  private static final int SPARE_UPDATES = 1;

  private final Asked asked = new Asked();
  private final long lateNanos;
  private final WorldTally tally;
  private final Witness witness;
  private long id;
  private int place;
  private int goal;

  /** In how many more updates the player has to be at its goal; 0 if it has to stand there. */
  private int updatesLeft;

  /** Whether it was told that the player is not at its goal. */
  private boolean lost;

  Walker(long lateNanos, WorldTally tally, Witness witness) {
    this.lateNanos = lateNanos;
    this.tally = tally;
    this.witness = witness;
  }

  // ---- walking ---------------------------------------------------------------------------------

  /** Begins to walk to somewhere near, perhaps beyond the border. */
  void walk(Outgoing packets, ByteBuf out, long now, SplittableRandom random) {
    int x = near(Place.x(place), random);
    int y = near(Place.y(place), random);
    int wanted = Place.of(x, y);
    tally.walks++;
    packets.walk(out, asked.ask(now, wanted), wanted);
  }

  private static int near(int coordinate, SplittableRandom random) {
    return Math.max(0, coordinate + random.nextInt(-REACH, REACH + 1));
  }

  /** Whether another walk may begin. */
  boolean isReady() {
    return !asked.isFull();
  }

  /** Whether the player stands where it wants to be, or never will. */
  boolean isAtRest() {
    return !asked.isAwaited() && (place == goal || lost);
  }

  int place() {
    return place;
  }

  // ---- what comes ------------------------------------------------------------------------------

  /** The player has an id. */
  void is(long given) {
    id = given;
  }

  /** The player was put somewhere. */
  void put(int where) {
    place = where;
    take(where);
  }

  private void take(int newGoal) {
    goal = newGoal;
    lost = false;
    updatesLeft = (Place.distance(place, goal) + STEP - 1) / STEP + SPARE_UPDATES;
  }

  /** The server has taken a goal. */
  void goal(long now, ByteBuf bytes, int from, int length) {
    int number = Incoming.number(bytes, from);
    int taken = bytes.getIntLE(from + Incoming.GOAL_PLACE);
    check(now);
    if (!asked.isUnderWay(number)) {
      tally.wrongGoals++;
      witness.wrong("a goal of no walk", this::writeNextGoal, bytes, from, length);
      return;
    }
    if (taken != Place.within(asked.value(number))) {
      tally.wrongGoals++;
      witness.wrong(
          "another goal than that of the walk",
          target -> writeGoal(target, number),
          bytes,
          from,
          length);
    }
    missed(asked.untold(), asked.answer(number));
    take(taken);
  }

  /** The player has moved. */
  void moved(int where) {
    place = where;
  }

  /** An update has come, in which the player may have moved. */
  void updated(ByteBuf bytes, int from, int length) {
    if (place == goal) {
      updatesLeft = 0; // from now on it has to stand there
      return;
    }
    updatesLeft = Math.max(0, updatesLeft - 1);
    if (updatesLeft == 0 && !lost) {
      lost = true;
      tally.notArrived++;
      int frame = Incoming.frame(bytes, from);
      witness.wrong(
          "the player is not at its goal",
          target -> Incoming.writeUpdate(target, frame, id, goal),
          bytes,
          from,
          length);
    }
  }

  // ---- what does not come ----------------------------------------------------------------------

  /** Tells of walks whose goal has not come in time. */
  void check(long now) {
    missed(asked.untold(), asked.late(now - lateNanos));
  }

  /** No goal will come any more. */
  void forget() {
    missed(asked.untold(), asked.forget());
  }

  private void missed(int firstNumber, int count) {
    if (count > 0) {
      tally.lateGoals += count;
      witness.missing("no goal of a walk in time", target -> writeGoal(target, firstNumber));
    }
  }

  private void writeNextGoal(ByteBuf target) {
    if (asked.isAwaited()) {
      writeGoal(target, asked.untold());
    }
  }

  private void writeGoal(ByteBuf target, int number) {
    Incoming.writeGoal(target, number, Place.within(asked.value(number)));
  }
}
