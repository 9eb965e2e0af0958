package slipway.bots.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import slipway.bots.link.Links;

/**
 * What clients of each kind show of themselves: what became of their connections, and how late
 * their own event loops were.
 *
 * @param links what became of the connections
 * @param lateness of the event loops, in nanoseconds
 */
public record Connections(Links links, Histogram lateness) {

  /**
   * A line while clients are at work.
   *
   * @param work what they have done, in words
   * @param faults how often something was wrong that is no fault of a connection
   */
  public static String progress(Links links, String work, double perSecond, long faults) {
    return "%s connected, %s, %s per second, %s faults"
        .formatted(
            Figure.grouped(links.open()),
            work,
            Figure.grouped(Math.round(perSecond)),
            Figure.grouped(faults + links.foreignCloses() + links.failedConnects()));
  }

  /** What must not happen to a connection. */
  public List<Check> checks() {
    return List.of(
        new Check("unexpectedCloses", "connections closed by the server", links.foreignCloses()),
        new Check("failedConnects", "connections that failed", links.failedConnects()));
  }

  /** How many there were, and how late the bots were. */
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("connects", "connects", links.connects()));
    figures.add(Figure.count("ownCloses", "closes by the clients", links.ownCloses()));
    figures.addAll(Percentiles.of("lateness", "bots late", lateness));
    return figures;
  }

  /**
   * What to say of bots that are late themselves: they make the server look late.
   *
   * @param late after which the server counts as late
   * @return a sentence if the figures are not to be trusted
   */
  public List<String> notes(Duration late) {
    return lateness.getMaxValue() > late.toNanos() / 2
        ? List.of(
            "The bots themselves were late by up to "
                + Figure.millis(lateness.getMaxValue())
                + ": what was late may be their own.")
        : List.of();
  }
}
