package slipway.bots;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import slipway.bots.echo.EchoPlan;
import slipway.bots.echo.EchoRun;
import slipway.bots.link.Loops;
import slipway.bots.report.Run;

/** Clients whose packets come back. */
@Command(
    name = "echo",
    description = "Each client sends packets of 5000, and checks each answer of 5001.")
final class EchoVerb extends Verb {

  static final int MOST_CLIENTS = 10_000;
  private static final int MOST_UNDER_WAY = 1000;
  private static final int PER_MILLE = 1000;

  @Mixin private Load load = new Load("type, account and tick", "an answer after that is late");

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "100",
      description = "how many clients, up to 10000 (100)")
  private int connections;

  @Option(
      names = "--under-way",
      paramLabel = "N",
      defaultValue = "1",
      description = "packets that a client sends without waiting (1)")
  private int underWay;

  @Option(
      names = "--reconnect",
      paramLabel = "N",
      defaultValue = "0",
      description = "in how many of 1000 answers a client leaves and comes back (0)")
  private int reconnect;

  @Option(
      names = "--pause",
      paramLabel = "D",
      defaultValue = "0",
      description = "between two packets of a client, such as 20ms (0)")
  private Duration pause;

  @Override
  Run prepare() throws IOException {
    Refusal.range(spec(), "--connections", connections, 1, MOST_CLIENTS);
    Refusal.range(spec(), "--under-way", underWay, 1, MOST_UNDER_WAY);
    Refusal.range(spec(), "--reconnect", reconnect, 0, PER_MILLE);
    return new EchoRun(
        new EchoPlan(
            target(),
            packets().format(),
            connections,
            Loops.usualCount(),
            filler(load.sizes(), EchoPlan.HEAD),
            underWay,
            reconnect,
            pause,
            load.late(),
            load.patience()));
  }

  @Override
  int files() {
    return connections;
  }
}
