package slipway.bots.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import slipway.bots.link.Links;
import slipway.bots.report.Check;
import slipway.bots.report.Connections;
import slipway.bots.report.Fault;
import slipway.bots.report.Figure;
import slipway.bots.report.Percentiles;
import slipway.bots.report.Report;
import slipway.config.Durations;

/**
 * What players have seen, in words.
 *
 * @param plan what they were to do
 * @param speeds how many packets there were in a second
 * @param tally what all have counted
 * @param connections what became of these, and how late their event loops were
 * @param fault the first bad packet
 */
record WorldReport(
    WorldPlan plan,
    Speeds speeds,
    WorldTally tally,
    Connections connections,
    Optional<Fault> fault) {

  /**
   * Packets in a second, since all are in.
   *
   * @param in those that came
   * @param out those that were sent
   */
  record Speeds(double in, double out) {}

  /** A line while they are at work. */
  static String progress(WorldTally tally, Links links, double perSecond) {
    return Connections.progress(
        links, "%s packets".formatted(Figure.grouped(tally.in)), perSecond, tally.faults());
  }

  Report report() {
    return new Report(title(), checks(), figures(), connections.notes(plan.late()), fault);
  }

  private String title() {
    return "world %s, %s: %s players, one more each %s, a decision each %s: %s, seed %d"
        .formatted(
            plan.target(),
            plan.format(),
            Figure.grouped(plan.players()),
            Durations.format(plan.ramp()),
            Durations.format(plan.decide()),
            plan.mix(),
            plan.seed());
  }

  private List<Check> checks() {
    String late = " after " + Durations.format(plan.late());
    List<Check> checks = new ArrayList<>();
    checks.add(check("refused", "players that were not let in", tally.refused));
    checks.add(check("frameErrors", "frame numbers that do not rise", tally.frameErrors));
    checks.add(check("tooManySkips", skips(), tally.tooManySkips));
    checks.add(check("unknown", "updates and texts of players not seen", tally.unknown));
    checks.add(check("cameTwice", "players that came and were seen already", tally.cameTwice));
    checks.add(check("wentTwice", "players that went and were not seen", tally.wentTwice));
    checks.add(check("lateGoals", "walks without a goal" + late, tally.lateGoals));
    checks.add(check("wrongGoals", "goals that are not those of a walk", tally.wrongGoals));
    checks.add(check("notArrived", "walks that did not end at their goal", tally.notArrived));
    checks.add(check("lateSays", "texts that did not come back" + late, tally.lateSays));
    checks.add(check("wrongSays", "texts of its own that a player did not say", tally.wrongSays));
    checks.add(check("lateZones", "zone changes not done" + late, tally.lateZones));
    checks.add(check("wrongZones", "zones to which a player did not go", tally.wrongZones));
    checks.add(check("lateLooks", "last looks without an answer", tally.lateLooks));
    checks.add(check("wrongLooks", "last looks that differ from what was told", tally.wrongLooks));
    checks.add(check("packetErrors", "what is no packet, or out of place", tally.packetErrors));
    checks.add(check("notBack", "players that did not come back", tally.notBack));
    checks.addAll(connections.checks());
    checks.add(botsLate());
    return checks;
  }

  private static Check check(String key, String title, long count) {
    return new Check(key, title, count);
  }

  private String skips() {
    return plan.skips() == 0
        ? "frames left out"
        : "frames left out, beyond " + Figure.grouped(plan.skips()) + " a player";
  }

  /** If the bots are so late, what they say of the server is not worth much. */
  private Check botsLate() {
    Duration most = plan.late().dividedBy(2);
    Histogram lateness = connections.lateness();
    long inTime = lateness.getCountBetweenValues(0, most.toNanos());
    return check(
        "botsLate",
        "times the bots themselves were late by " + Durations.format(most),
        lateness.getTotalCount() - inTime);
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("players", "players", plan.players()));
    figures.add(Figure.count("walks", "walks", tally.walks));
    figures.add(Figure.count("says", "texts said", tally.says));
    figures.add(Figure.count("heard", "texts heard of others", tally.heard));
    figures.add(Figure.count("gos", "zone changes", tally.gos));
    figures.add(Figure.count("cuts", "connections cut", tally.cuts));
    figures.add(Figure.count("resumed", "players that came back", tally.resumed));
    figures.add(Figure.count("updates", "updates", tally.updates));
    figures.add(Figure.count("skips", "frames left out", tally.skips));
    figures.add(Figure.count("in", "packets in", tally.in));
    figures.add(Figure.count("out", "packets out", tally.out));
    figures.add(Figure.count("inPerSecond", "in per second", Math.round(speeds.in())));
    figures.add(Figure.count("outPerSecond", "out per second", Math.round(speeds.out())));
    figures.addAll(Percentiles.of("interval", "between updates", tally.intervalNanos));
    figures.addAll(connections.figures());
    return figures;
  }
}
