package slipway.bots;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import slipway.bots.attack.Attack;
import slipway.bots.attack.AttackPlan;
import slipway.bots.attack.AttackRun;
import slipway.bots.echo.EchoPlan;
import slipway.bots.link.Loops;
import slipway.bots.report.Run;

/** Clients that misbehave, and others that are to notice nothing of it. */
@Command(
    name = "attack",
    description =
        "Some clients send what is wrong, too much or nothing; echo clients notice nothing.")
final class AttackVerb extends Verb {

  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final int MOST_ATTACKERS = 100;
  private static final int MOST_CLIENTS = 1000;

  @Mixin
  private Load load =
      new Load("type, account and tick", "an answer to an echo client after that is late");

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many echo clients, up to 1000 (20)")
  private int connections;

  @Option(
      names = "--attackers",
      paramLabel = "N",
      defaultValue = "5",
      description = "how many attackers of each kind, up to 100 (5)")
  private int attackers;

  @Option(
      names = "--close-within",
      paramLabel = "D",
      defaultValue = "5s",
      description = "how long the server may take to close what sends no packets (5s)")
  private Duration closeWithin;

  @Override
  Run prepare() throws IOException {
    Refusal.range(spec(), "--connections", connections, 1, MOST_CLIENTS);
    Refusal.range(spec(), "--attackers", attackers, 1, MOST_ATTACKERS);
    EchoPlan good =
        new EchoPlan(
            target(),
            packets().format(),
            connections,
            Loops.usualCount(),
            filler(load.sizes(), EchoPlan.HEAD),
            1,
            0,
            PAUSE,
            load.late(),
            load.patience());
    return new AttackRun(new AttackPlan(good, attackers, packets().otherCode(), closeWithin));
  }

  @Override
  int files() {
    return connections + attackers * Attack.values().length;
  }
}
