package slipway.bots.publish;

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
 * What publishing clients have seen, in words.
 *
 * @param plan what they were to do
 * @param nanos how long they did it
 * @param tally what all have counted
 * @param missing what was published and not heard by somebody in the end
 * @param connections what became of these, and how late their event loops were
 * @param fault the first bad packet
 */
record PublishReport(
    PublishPlan plan,
    long nanos,
    PublishTally tally,
    long missing,
    Connections connections,
    Optional<Fault> fault) {

  /** A line while they are at work. */
  static String progress(PublishTally tally, Links links, double perSecond) {
    return Connections.progress(
        links,
        "%s published, %s heard"
            .formatted(Figure.grouped(tally.published), Figure.grouped(tally.heard)),
        perSecond,
        tally.faults());
  }

  Report report() {
    return new Report(title(), checks(), figures(), connections.notes(plan.late()), fault);
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
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("skipped", "packets left out", tally.skipped));
    checks.add(new Check("repeated", "packets twice or out of order", tally.repeated));
    checks.add(new Check("missing", "packets that did not come in the end", missing));
    checks.add(new Check("contentErrors", "packets with a wrong byte", tally.contentErrors));
    checks.add(
        new Check("packetErrors", "what is no packet, or not published", tally.packetErrors));
    checks.add(new Check("late", "packets after " + Durations.format(plan.late()), tally.late));
    checks.addAll(connections.checks());
    return checks;
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("published", "packets published", tally.published));
    figures.add(Figure.count("heard", "packets heard", tally.heard));
    figures.add(
        Figure.count(
            "perSecond", "heard per second", Math.round(Speed.perSecond(tally.heard, nanos))));
    figures.addAll(Percentiles.of("delivery", "delivery", tally.nanos));
    figures.addAll(connections.figures());
    return figures;
  }
}
