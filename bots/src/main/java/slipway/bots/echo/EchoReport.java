package slipway.bots.echo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import slipway.bots.link.Links;
import slipway.bots.report.Check;
import slipway.bots.report.Connections;
import slipway.bots.report.Fault;
import slipway.bots.report.Figure;
import slipway.bots.report.Percentiles;
import slipway.bots.report.Report;
import slipway.bots.report.Speed;
import slipway.config.Durations;

/**
 * What echo clients have seen, in words.
 *
 * @param plan what they were to do
 * @param nanos how long they did it
 * @param tally what all have counted
 * @param connections what became of these, and how late their event loops were
 * @param fault the first bad packet
 */
record EchoReport(
    EchoPlan plan, long nanos, EchoTally tally, Connections connections, Optional<Fault> fault) {

  /** A line while they are at work. */
  static String progress(EchoTally tally, Links links, double perSecond) {
    return Connections.progress(
        links, "%s packets".formatted(Figure.grouped(tally.answered)), perSecond, tally.faults());
  }

  Report report() {
    return new Report(title(), checks(), figures(), connections.notes(plan.late()), fault);
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
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check("orderErrors", "answers out of order, twice or unasked", tally.orderErrors));
    checks.add(new Check("contentErrors", "answers with a wrong byte", tally.contentErrors));
    checks.add(new Check("packetErrors", "what is no packet, or no answer", tally.packetErrors));
    checks.add(new Check("late", "answers after " + Durations.format(plan.late()), tally.late));
    checks.add(new Check("unanswered", "packets without an answer", tally.unanswered));
    checks.add(new Check("unaccounted", "packets without a fate", tally.unaccounted()));
    checks.addAll(connections.checks());
    return checks;
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("sent", "packets sent", tally.sent));
    figures.add(Figure.count("answered", "answered", tally.answered));
    figures.add(Figure.count("abandoned", "under way when a client left", tally.abandoned));
    figures.add(Figure.count("lost", "under way when the server closed", tally.lost));
    figures.add(
        Figure.count(
            "perSecond", "answers per second", Math.round(Speed.perSecond(tally.answered, nanos))));
    figures.addAll(Percentiles.of("answer", "answer", tally.answerNanos));
    figures.addAll(connections.figures());
    return figures;
  }
}
