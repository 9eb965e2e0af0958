package slipway.bots.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import slipway.bots.link.Links;
import slipway.bots.report.Check;
import slipway.bots.report.Fault;
import slipway.bots.report.Figure;
import slipway.bots.report.OwnLateness;
import slipway.bots.report.Percentiles;
import slipway.bots.report.Report;
import slipway.config.Durations;

/**
 * What publishing clients have seen, in words.
 *
 * @param plan what they were to do
 * @param nanos how long they did it
 * @param tally what all have counted
 * @param missing what was published and not heard by somebody in the end
 * @param links what became of their connections
 * @param lateness of their event loops
 * @param fault the first bad packet
 */
record PublishReport(
    PublishPlan plan,
    long nanos,
    PublishTally tally,
    long missing,
    Links links,
    Histogram lateness,
    Optional<Fault> fault) {

  /** A line while they are at work. */
  static String progress(PublishTally tally, Links links, double perSecond) {
    long faults =
        tally.skipped
            + tally.repeated
            + tally.contentErrors
            + tally.packetErrors
            + tally.late
            + links.foreignCloses()
            + links.failedConnects();
    return "%s connected, %s published, %s heard, %s per second, %s faults"
        .formatted(
            Figure.grouped(links.open()),
            Figure.grouped(tally.published),
            Figure.grouped(tally.heard),
            Figure.grouped(Math.round(perSecond)),
            Figure.grouped(faults));
  }

  Report report() {
    return new Report(
        title(), checks(), figures(), OwnLateness.notes(lateness, plan.late()), fault);
  }

  private String title() {
    return "publish %s, %s: %s connections, %d..%d bytes, %d a second each, seed %d"
        .formatted(
            plan.target(),
            plan.format(),
            Figure.grouped(plan.clients()),
            plan.filler().min(),
            plan.filler().max(),
            plan.rate(),
            plan.filler().seed());
  }

  private List<Check> checks() {
    return List.of(
        new Check("skipped", "packets left out", tally.skipped),
        new Check("repeated", "packets twice or out of order", tally.repeated),
        new Check("missing", "packets that did not come in the end", missing),
        new Check("contentErrors", "packets with a wrong byte", tally.contentErrors),
        new Check("packetErrors", "what is no packet, or not published", tally.packetErrors),
        new Check("late", "packets after " + Durations.format(plan.late()), tally.late),
        new Check("unexpectedCloses", "connections closed by the server", links.foreignCloses()),
        new Check("failedConnects", "connections that failed", links.failedConnects()));
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("published", "packets published", tally.published));
    figures.add(Figure.count("heard", "packets heard", tally.heard));
    figures.add(
        Figure.count("perSecond", "heard per second", Math.round(tally.heard * 1e9 / nanos)));
    figures.addAll(Percentiles.of("delivery", "delivery", tally.nanos));
    figures.add(Figure.count("connects", "connects", links.connects()));
    figures.add(Figure.count("ownCloses", "closes by the clients", links.ownCloses()));
    figures.addAll(Percentiles.of("lateness", "bots late", lateness));
    return figures;
  }
}
