package slipway.bots.world;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Goes from zone to zone. While it is on its way, the player does nothing else. Confined to the
 * event loop.
 */
final class Traveller {

  private final long lateNanos;
  private final WorldTally tally;
  private final Witness witness;

  /** Where the player is. */
  private Zone zone;

  /** Where the player wants to be; null if it stays. */
  private Zone next;

  private long asked;

  /** Whether it was told that it does not get there. */
  private boolean told;

  Traveller(long lateNanos, WorldTally tally, Witness witness) {
    this.lateNanos = lateNanos;
    this.tally = tally;
    this.witness = witness;
  }

  /** Sets out to another zone. */
  void go(Outgoing packets, ByteBuf out, long now, SplittableRandom random) {
    tally.gos++;
    next = zone.other(random.nextInt(Zone.others()));
    asked = now;
    told = false;
    packets.go(out, next);
  }

  /** Whether the player is on its way. */
  boolean isUnderWay() {
    return next != null;
  }

  /** Whether the player stays, or will never arrive. */
  boolean isAtRest() {
    return next == null || told;
  }

  /** The player comes into its first zone, which the server chooses. */
  void enter(ByteBuf bytes, int from, int length) {
    zone = Zone.read(bytes, from + Incoming.FIRST);
    if (zone == null) {
      zone = Zone.MEADOW; // one from which it can go to another
      wrong(Witness.NOTHING, bytes, from, length);
    }
  }

  /** The player comes into another zone. */
  void arrive(long now, ByteBuf bytes, int from, int length) {
    check(now);
    Zone got = Zone.read(bytes, from + Incoming.FIRST);
    Zone expected = next;
    if (expected == null) {
      wrong(Witness.NOTHING, bytes, from, length);
    } else if (got != expected) {
      wrong(target -> Incoming.writeZone(target, expected), bytes, from, length);
    }
    zone = got == null ? zone : got;
    next = null;
  }

  private void wrong(Consumer<ByteBuf> expected, ByteBuf bytes, int from, int length) {
    tally.wrongZones++;
    witness.wrong("a zone to which the player did not go", expected, bytes, from, length);
  }

  /** Tells if the player has not come into the zone in time. */
  void check(long now) {
    if (next != null && !told && asked - (now - lateNanos) < 0) {
      miss();
    }
  }

  /** The player will not arrive any more. */
  void forget() {
    if (next != null && !told) {
      miss();
    }
    next = null;
  }

  private void miss() {
    told = true;
    tally.lateZones++;
    Zone expected = next;
    witness.missing(
        "a zone that has not come in time", target -> Incoming.writeZone(target, expected));
  }
}
