package slipway.services.metrics.scrape;

import slipway.meter.Meter;

/**
 * A meter as the scrape knows it. Belongs to the thread of the scrape, except that it is noted in
 * any thread when a reading ends.
 */
final class Contributor {

  private final Meter meter;
  private final String bundle;
  private volatile boolean beingRead;
  private String told = "";

  /**
   * A meter that was not read yet.
   *
   * @param bundle name of the bundle that has it
   */
  Contributor(Meter meter, String bundle) {
    this.meter = meter;
    this.bundle = bundle;
  }

  String bundle() {
    return bundle;
  }

  /** Whether an earlier reading has not ended. */
  boolean isBeingRead() {
    return beingRead;
  }

  /** Says that a thread is going to {@link #read} it. */
  void begin() {
    beingRead = true;
  }

  /** Reads it, in a thread of its own. */
  void read(Collected collected) throws Exception {
    try {
      meter.read(collected);
    } finally {
      beingRead = false;
    }
  }

  /** All went well: what goes wrong next is told again. */
  void succeeded() {
    told = "";
  }

  /** Whether this is to be logged: it was not the last thing that was. */
  boolean isNews(String trouble) {
    boolean news = !told.equals(trouble);
    told = trouble;
    return news;
  }
}
