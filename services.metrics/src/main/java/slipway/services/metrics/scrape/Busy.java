package slipway.services.metrics.scrape;

/** So many wait for a scrape already that another one would only wait longer. */
public final class Busy extends Exception {

  private static final long serialVersionUID = 1;

  Busy(int waiting) {
    super(waiting + " others wait for the same");
  }
}
