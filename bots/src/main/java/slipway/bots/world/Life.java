package slipway.bots.world;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;
import slipway.bots.report.FirstFault;

/**
 * What a player does in zones, and what it is told there: gives each packet to those that it
 * concerns. Confined to the event loop.
 */
final class Life {

  /** The only look that a player has. */
  private static final int LOOK = 1;

  private final Mix mix;
  private final SplittableRandom random;
  private final Outgoing packets;
  private final Witness witness;
  private final WorldTally tally;
  private final Walker walker;
  private final Talker talker;
  private final Traveller traveller;
  private final Frames frames;
  private final Sight sight;
  private long id;

  /** The life of the player with a number. */
  Life(int number, WorldPlan plan, WorldTally tally, FirstFault fault, SplittableRandom random) {
    this.mix = plan.mix();
    this.random = random;
    this.packets = new Outgoing(plan.format());
    this.witness = new Witness(number, fault);
    this.tally = tally;
    long late = plan.late().toNanos();
    this.walker = new Walker(late, tally, witness);
    this.talker = new Talker(late, tally, witness);
    this.traveller = new Traveller(late, tally, witness);
    this.frames = new Frames(plan.skips(), tally, witness);
    this.sight = new Sight(walker, tally, witness);
  }

  /** The player has an id. */
  void is(long given) {
    id = given;
    walker.is(given);
    talker.is(given);
    sight.is(given);
  }

  // ---- what it does ----------------------------------------------------------------------------

  /** What the player decides to do now; what it cannot do now, it does not. */
  Mix.Choice choose() {
    Mix.Choice choice = mix.choose(random);
    boolean able =
        !traveller.isUnderWay()
            && switch (choice) {
              case WALK -> walker.isReady();
              case SAY -> talker.isReady();
              case GO, STAY -> true;
            };
    return able ? choice : Mix.Choice.STAY;
  }

  /** Does it: appends the packet. */
  void act(Mix.Choice choice, ByteBuf out, long now) {
    switch (choice) {
      case WALK -> walker.walk(packets, out, now, random);
      case SAY -> talker.say(packets, out, now);
      case GO -> traveller.go(packets, out, now, random);
      case STAY -> {
        // nothing to say
      }
    }
  }

  /** Tells of all that has not come in time. */
  void check(long now) {
    walker.check(now);
    talker.check(now);
    traveller.check(now);
  }

  /** Whether nothing is awaited, and the player stands where it wants to be. */
  boolean isAtRest() {
    return walker.isAtRest() && talker.isAtRest() && traveller.isAtRest();
  }

  /** Asks the server what the player sees: appends the packet. */
  void look(ByteBuf out) {
    packets.look(out, LOOK);
  }

  /** The run is over, and the server has not said what the player sees. */
  void forget() {
    walker.forget();
    talker.forget();
    traveller.forget();
    tally.lateLooks++;
    witness.missing("no answer to a look", target -> sight.writeSeen(target, LOOK, frames.last()));
  }

  // ---- what it is told -------------------------------------------------------------------------

  /** The player comes into its first zone, which the server chooses. */
  void enter(ByteBuf bytes, int from, int length) {
    traveller.enter(bytes, from, length);
    begin(bytes, from, length);
  }

  private void begin(ByteBuf bytes, int from, int length) {
    frames.begin(Incoming.zoneFrame(bytes, from, length));
    sight.clear();
    walker.put(Incoming.zonePlace(bytes, from, length));
  }

  /**
   * A whole packet has come.
   *
   * @return whether it is one that comes in a zone
   */
  boolean packet(int type, long now, ByteBuf bytes, int from, int length) {
    switch (type) {
      case Incoming.UPDATE -> {
        frames.updated(now, bytes, from, length);
        sight.updated(bytes, from, length);
      }
      case Incoming.CAME -> sight.came(bytes, from, length);
      case Incoming.WENT -> sight.went(bytes, from, length);
      case Incoming.GOAL -> walker.goal(now, bytes, from, length);
      case Incoming.SAID -> {
        if (Incoming.id(bytes, from) == id) {
          talker.said(now, bytes, from, length);
        } else {
          sight.heard(bytes, from, length);
        }
      }
      case Incoming.ZONE -> {
        traveller.arrive(now, bytes, from, length);
        begin(bytes, from, length);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The server says what the player sees. */
  void seen(ByteBuf bytes, int from, int length) {
    sight.seen(LOOK, frames.last(), bytes, from, length);
  }
}
