package slipway.bots.echo;

import io.netty.buffer.ByteBuf;
import slipway.bots.link.Times;
import slipway.bots.report.Fault;
import slipway.bots.report.Fault.Bytes;
import slipway.bots.report.FirstFault;
import slipway.packet.PacketEnd;
import slipway.packet.PacketException;

/**
 * Checks the answers that a client gets, and says of each packet that was sent what became of it.
 * The order, the content, the form and the time of an answer count apart from one another. Confined
 * to the event loop.
 */
final class Answers {

  private final long account;
  private final EchoPacket packets;
  private final UnderWay underWay;
  private final long lateNanos;
  private final EchoTally tally;
  private final FirstFault first;

  Answers(long account, EchoPlan plan, EchoPacket packets, EchoTally tally, FirstFault first) {
    this.account = account;
    this.packets = packets;
    this.underWay = new UnderWay(plan.underWay());
    this.lateNanos = plan.late().toNanos();
    this.tally = tally;
    this.first = first;
  }

  // ---- what was sent ---------------------------------------------------------------------------

  /** How many more packets may be sent. */
  int room() {
    return underWay.room();
  }

  /** A packet is sent; gives its number. */
  long send(long nanos) {
    tally.sent++;
    return underWay.send(nanos);
  }

  /** Whether all that was sent is answered. */
  boolean areComplete() {
    return underWay.count() == 0;
  }

  // ---- what comes ------------------------------------------------------------------------------

  /**
   * Checks a packet.
   *
   * @return whether it answers one that was under way
   */
  boolean take(ByteBuf bytes, int from, int length) {
    if (!EchoPacket.isAnswer(bytes, from, length)) {
      tally.packetErrors++;
      fault("no answer to an echo", underWay.first(), bytes, from, length);
      return false;
    }
    long expected = underWay.first();
    long tick = EchoPacket.tick(bytes, from);
    long sent = underWay.answer(tick);
    if (tick != expected || sent == UnderWay.NONE) {
      tally.orderErrors++;
      fault("the order", expected, bytes, from, length);
    }
    if (!packets.hasContent(bytes, from, length, account, tick)) {
      tally.contentErrors++;
      fault("the content", tick, bytes, from, length);
    }
    if (sent == UnderWay.NONE) {
      return false;
    }
    answered(System.nanoTime() - sent);
    return true;
  }

  private void answered(long nanos) {
    tally.answered++;
    Times.record(tally.answerNanos, nanos);
    if (nanos > lateNanos) {
      tally.late++;
    }
  }

  /**
   * What has come is no packet.
   *
   * @param from index of what should be one
   */
  void takeWrong(PacketException why, ByteBuf bytes, int from) {
    tally.packetErrors++;
    int there = Math.min(bytes.writerIndex() - from, packets.longest());
    if (why.end() == PacketEnd.BAD_CHECKSUM) {
      // the disguise is off, so the payload can be compared
      int header = packets.format().header();
      fault("the checksum", underWay.first(), bytes, from + header, there - header);
    } else {
      first.offer(
          () ->
              new Fault(
                  "the framing, " + why.end(),
                  account,
                  packets.wholeAnswer(account, underWay.first()),
                  Bytes.of(bytes, from, there)));
    }
  }

  private void fault(String what, long tick, ByteBuf bytes, int from, int length) {
    first.offer(
        () ->
            new Fault(what, account, packets.answer(account, tick), Bytes.of(bytes, from, length)));
  }

  // ---- what does not come ----------------------------------------------------------------------

  /** The client leaves, whatever is under way. */
  void abandon() {
    tally.abandoned += forget();
  }

  /** The server has closed the connection. */
  void lose() {
    tally.lost += forget();
  }

  /** The run is over. */
  void miss() {
    tally.unanswered += underWay.count();
    underWay.forget();
  }

  private int forget() {
    tally.late += underWay.sentBefore(System.nanoTime() - lateNanos);
    int count = underWay.count();
    underWay.forget();
    return count;
  }
}
