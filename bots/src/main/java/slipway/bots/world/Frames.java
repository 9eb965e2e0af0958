package slipway.bots.world;

import io.netty.buffer.ByteBuf;
import slipway.bots.link.Times;

/**
 * The frames of a player's zone: each has one update, and their numbers rise by one, except for
 * those that the world leaves out. Confined to the event loop.
 */
final class Frames {

  private final int allowedSkips;
  private final WorldTally tally;
  private final Witness witness;
  private int frame;

  /** Whether the player has come into its zone, and no update has come since. */
  private boolean isNew;

  private long lastNanos;
  private int skips;

  Frames(int allowedSkips, WorldTally tally, Witness witness) {
    this.allowedSkips = allowedSkips;
    this.tally = tally;
    this.witness = witness;
  }

  /** The number of the last update; before the first, of the frame with which a zone begins. */
  int last() {
    return frame;
  }

  /** A zone begins with a frame, and its updates with this one or the next. */
  void begin(int number) {
    frame = number;
    isNew = true;
  }

  /** An update has come. */
  void updated(long now, ByteBuf bytes, int from, int length) {
    tally.updates++;
    int before = frame;
    frame = Incoming.frame(bytes, from);
    int rise = frame - before; // right beyond the highest number, too
    if (rise > 1) {
      skipped(rise - 1, before + 1, bytes, from, length);
    } else if (rise < 0 || rise == 0 && !isNew) {
      tally.frameErrors++;
      wrong("the number of the frame", before + 1, bytes, from, length);
    }
    if (!isNew) {
      Times.record(tally.intervalNanos, now - lastNanos);
    }
    lastNanos = now;
    isNew = false;
  }

  private void skipped(int count, int expected, ByteBuf bytes, int from, int length) {
    int tooMany = Math.max(0, skips + count - Math.max(allowedSkips, skips));
    skips += count;
    tally.skips += count;
    if (tooMany > 0) {
      tally.tooManySkips += tooMany;
      wrong("a frame that was left out", expected, bytes, from, length);
    }
  }

  private void wrong(String what, int expected, ByteBuf bytes, int from, int length) {
    witness.wrong(
        what,
        target ->
            target
                .writeBytes(bytes, from, length)
                .setIntLE(target.writerIndex() - length + Incoming.FIRST, expected),
        bytes,
        from,
        length);
  }
}
