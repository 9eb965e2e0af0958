package slipway.bots.publish;

import org.HdrHistogram.Histogram;
import slipway.bots.link.Tally;
import slipway.bots.link.Times;

/** What the clients of one event loop have seen. Confined to it; a copy is what others see. */
final class PublishTally implements Tally<PublishTally> {

  long published;
  long heard;
  long skipped;
  long repeated;
  long contentErrors;
  long packetErrors;
  long late;

  /** From publishing to another client. */
  final Histogram nanos = Times.histogram();

  @Override
  public PublishTally add(PublishTally other) {
    addCounts(other);
    nanos.add(other.nanos);
    return this;
  }

  @Override
  public PublishTally addCounts(PublishTally other) {
    published += other.published;
    heard += other.heard;
    skipped += other.skipped;
    repeated += other.repeated;
    contentErrors += other.contentErrors;
    packetErrors += other.packetErrors;
    late += other.late;
    return this;
  }

  /** How often something was wrong, while clients are at work. */
  long faults() {
    return skipped + repeated + contentErrors + packetErrors + late;
  }
}
