package slipway.bots.echo;

import org.HdrHistogram.Histogram;
import slipway.bots.link.Tally;
import slipway.bots.link.Times;

/**
 * What the echo clients of one event loop have seen. Confined to it; a copy is what others see.
 *
 * <p>Each packet that was sent is answered, or abandoned as the client has left, or lost in a close
 * that the client did not make, or unanswered when the run ends.
 */
final class EchoTally implements Tally<EchoTally> {

  long sent;
  long answered;
  long abandoned;
  long lost;
  long unanswered;

  long orderErrors;
  long contentErrors;
  long packetErrors;
  long late;

  /** From sending to the answer. */
  final Histogram answerNanos = Times.histogram();

  @Override
  public EchoTally add(EchoTally other) {
    addCounts(other);
    answerNanos.add(other.answerNanos);
    return this;
  }

  @Override
  public EchoTally addCounts(EchoTally other) {
    sent += other.sent;
    answered += other.answered;
    abandoned += other.abandoned;
    lost += other.lost;
    unanswered += other.unanswered;
    orderErrors += other.orderErrors;
    contentErrors += other.contentErrors;
    packetErrors += other.packetErrors;
    late += other.late;
    return this;
  }

  /** How often something was wrong, while clients are at work. */
  long faults() {
    return orderErrors + contentErrors + packetErrors + late;
  }

  /** What was sent and has no fate; once the run is over, none. */
  long unaccounted() {
    return sent - answered - abandoned - lost - unanswered;
  }
}
