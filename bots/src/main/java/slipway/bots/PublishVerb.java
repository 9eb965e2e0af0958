package slipway.bots;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import slipway.bots.link.Loops;
import slipway.bots.publish.PublishPlan;
import slipway.bots.publish.PublishRun;
import slipway.bots.report.Run;

/** Clients that hear one another. */
@Command(
    name = "publish",
    description = "Each client sends packets of 5004, and checks the 5005 of all others.")
final class PublishVerb extends Verb {

  /** Each client remembers a number of each other. */
  private static final int MOST_CLIENTS = 1000;

  private static final int MOST_RATE = 1000;

  @Mixin
  private Load load = new Load("publisher, number and time", "a packet that takes longer is late");

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "10",
      description = "how many clients, 2 to 1000 (10)")
  private int connections;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10",
      description = "packets that each client publishes in a second (10)")
  private int rate;

  @Override
  Run prepare() throws IOException {
    Refusal.range(spec(), "--connections", connections, 2, MOST_CLIENTS);
    Refusal.range(spec(), "--rate", rate, 1, MOST_RATE);
    return new PublishRun(
        new PublishPlan(
            target(),
            packets().format(),
            connections,
            Loops.usualCount(),
            filler(load.sizes(), PublishPlan.HEAD),
            rate,
            load.late(),
            load.patience()));
  }

  @Override
  int files() {
    return connections;
  }
}
