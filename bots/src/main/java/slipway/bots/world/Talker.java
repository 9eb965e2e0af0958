package slipway.bots.world;

import io.netty.buffer.ByteBuf;

/** Talks: each text has a number, and comes back to the player. Confined to the event loop. */
final class Talker {

  private final Asked asked = new Asked();
  private final long lateNanos;
  private final WorldTally tally;
  private final Witness witness;
  private long id;

  Talker(long lateNanos, WorldTally tally, Witness witness) {
    this.lateNanos = lateNanos;
    this.tally = tally;
    this.witness = witness;
  }

  /** The player has an id. */
  void is(long given) {
    id = given;
  }

  /** Says the next text. */
  void say(Outgoing packets, ByteBuf out, long now) {
    tally.says++;
    packets.say(out, asked.ask(now, 0));
  }

  /** Whether another text may be said. */
  boolean isReady() {
    return !asked.isFull();
  }

  /** Whether no text is awaited. */
  boolean isAtRest() {
    return !asked.isAwaited();
  }

  /** The player hears itself. */
  void said(long now, ByteBuf bytes, int from, int length) {
    int number = Saying.read(bytes, from + Incoming.SAID_TEXT);
    check(now);
    if (!asked.isUnderWay(number)) {
      tally.wrongSays++;
      witness.wrong("not what the player has said", this::writeNext, bytes, from, length);
      return;
    }
    missed(asked.untold(), asked.answer(number));
  }

  /** Tells of texts that have not come back in time. */
  void check(long now) {
    missed(asked.untold(), asked.late(now - lateNanos));
  }

  /** No text will come back any more. */
  void forget() {
    missed(asked.untold(), asked.forget());
  }

  private void missed(int firstNumber, int count) {
    if (count > 0) {
      tally.lateSays += count;
      witness.missing(
          "a text that has not come back in time",
          target -> Incoming.writeSaid(target, id, firstNumber));
    }
  }

  private void writeNext(ByteBuf target) {
    if (asked.isAwaited()) {
      Incoming.writeSaid(target, id, asked.untold());
    }
  }
}
