package slipway.bots.attack;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slipway.bots.echo.EchoRun;
import slipway.bots.link.Entrance;
import slipway.bots.report.Check;
import slipway.bots.report.Figure;
import slipway.bots.report.Report;
import slipway.bots.report.Run;
import slipway.config.Durations;

/** Attackers at work, and echo clients that are to notice nothing of it. */
public final class AttackRun implements Run {

  private final AttackPlan plan;
  private final EchoRun good;
  private final Attackers attackers;

  /**
   * Prepares the clients and the attackers.
   *
   * @throws UnknownHostException if nobody knows the server's name
   */
  public AttackRun(AttackPlan plan) throws UnknownHostException {
    this.plan = plan;
    this.good = new EchoRun(plan.good());
    this.attackers = new Attackers(plan);
  }

  @Override
  public void start() {
    good.start();
    var unused =
        good.entered()
            .thenAccept(
                any -> {
                  if (any) {
                    attackers.start();
                  }
                });
  }

  @Override
  public Entrance entrance() {
    return good.entrance();
  }

  @Override
  public String progress() {
    long attacks = attackers.tallies().values().stream().mapToLong(each -> each.connects).sum();
    return good.progress() + ", " + Figure.grouped(attacks) + " attacks";
  }

  @Override
  public Report finish() {
    attackers.stop();
    Map<Attack, AttackTally> attacks = attackers.tallies();
    Report echo = good.finish();
    List<Check> checks = new ArrayList<>(echo.checks());
    List<Figure> figures = new ArrayList<>(echo.figures());
    attacks.forEach(
        (attack, tally) -> {
          add(checks, attack, tally);
          figures.add(
              Figure.count(attack.key() + "Attacks", attack.title() + ": attacks", tally.connects));
          figures.add(
              Figure.count(
                  attack.key() + "Closed",
                  attack.title() + ": closed by the server",
                  tally.closed));
        });
    return new Report("attack beside " + echo.title(), checks, figures, echo.notes(), echo.fault());
  }

  private void add(List<Check> checks, Attack attack, AttackTally tally) {
    String after = " after " + Durations.format(plan.patience());
    switch (attack.answer()) {
      case CLOSES ->
          checks.add(
              new Check(
                  attack.key() + "Tolerated",
                  attack.title() + ": not closed" + after,
                  tally.tolerated));
      case ANSWERS ->
          checks.add(
              new Check(
                  attack.key() + "Unanswered",
                  attack.title() + ": not answered" + after,
                  tally.ignored));
      default -> {} // whatever the server does is right
    }
  }

  @Override
  public void close() {
    attackers.close();
    good.close();
  }
}
