package slipway.bots;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "10",
      description = "how many clients, 2 to 1000 (10)")
  private int connections;

  @Option(
      names = "--sizes",
      paramLabel = "MIN..MAX",
      defaultValue = "12..256",
      description = "bytes in a packet after publisher, number and time (12..256)")
  private Sizes sizes;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10",
      description = "packets that each client publishes in a second (10)")
  private int rate;

  @Option(
      names = "--late",
      paramLabel = "D",
      defaultValue = "500ms",
      description = "a packet that takes longer is late (500ms)")
  private Duration late;

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
            filler(sizes, PublishPlan.HEAD),
            rate,
            late,
            patience(late)));
  }

  @Override
  int files() {
    return connections;
  }
}
