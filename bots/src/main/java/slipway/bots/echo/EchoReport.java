package slipway.bots.echo;

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
 * What echo clients have seen, in words.
 *
 * @param plan what they were to do
 * @param nanos how long they did it
 * @param tally what all have counted
 * @param links what became of their connections
 * @param lateness of their event loops
 * @param fault the first bad packet
 */
record EchoReport(
    EchoPlan plan,
    long nanos,
    EchoTally tally,
    Links links,
    Histogram lateness,
    Optional<Fault> fault) {

  /** A line while they are at work. */
  static String progress(EchoTally tally, Links links, double perSecond) {
    long faults =
        tally.orderErrors
            + tally.contentErrors
            + tally.packetErrors
            + tally.late
            + links.foreignCloses()
            + links.failedConnects();
    return "%s connected, %s packets, %s per second, %s faults"
        .formatted(
            Figure.grouped(links.open()),
            Figure.grouped(tally.answered),
            Figure.grouped(Math.round(perSecond)),
            Figure.grouped(faults));
  }

  Report report() {
    return new Report(
        title(), checks(), figures(), OwnLateness.notes(lateness, plan.late()), fault);
  }

  private String title() {
    return "echo %s, %s: %s connections, %d..%d bytes, %d under way, seed %d"
        .formatted(
            plan.target(),
            plan.format(),
            Figure.grouped(plan.clients()),
            plan.filler().min(),
            plan.filler().max(),
            plan.underWay(),
            plan.filler().seed());
  }

  private List<Check> checks() {
    return List.of(
        new Check("orderErrors", "answers out of order, twice or unasked", tally.orderErrors),
        new Check("contentErrors", "answers with a wrong byte", tally.contentErrors),
        new Check("packetErrors", "what is no packet, or no answer", tally.packetErrors),
        new Check("late", "answers after " + Durations.format(plan.late()), tally.late),
        new Check("unanswered", "packets without an answer", tally.unanswered),
        new Check("unaccounted", "packets without a fate", tally.unaccounted()),
        new Check("unexpectedCloses", "connections closed by the server", links.foreignCloses()),
        new Check("failedConnects", "connections that failed", links.failedConnects()));
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("sent", "packets sent", tally.sent));
    figures.add(Figure.count("answered", "answered", tally.answered));
    figures.add(Figure.count("abandoned", "under way when a client left", tally.abandoned));
    figures.add(Figure.count("lost", "under way when the server closed", tally.lost));
    figures.add(
        Figure.count("perSecond", "answers per second", Math.round(tally.answered * 1e9 / nanos)));
    figures.addAll(Percentiles.of("answer", "answer", tally.answerNanos));
    figures.add(Figure.count("connects", "connects", links.connects()));
    figures.add(Figure.count("ownCloses", "closes by the clients", links.ownCloses()));
    figures.addAll(Percentiles.of("lateness", "bots late", lateness));
    return figures;
  }
}
