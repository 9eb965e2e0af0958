package slipway.bots;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import slipway.bots.link.Filler;
import slipway.bots.link.Target;
import slipway.bots.report.Run;

/** What the verbs have in common: the server, the packets, how long, and how it is reported. */
abstract class Verb implements Callable<Integer> {

  private static final int LONGEST_SECONDS = 7 * 24 * 60 * 60;

  /** Seeds that are drawn are short, so that they are easy to give again. */
  private static final long SEEDS = 1_000_000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "HOST:PORT", description = "the server under test")
  private Target target;

  @Mixin private PacketOptions packets;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "how long, from when all have tried to connect (10)")
  private int seconds;

  @Option(names = "--seed", paramLabel = "N", description = "for the same packets again (random)")
  private Long seed;

  @Option(names = "--json", description = "report in one line of JSON")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  private boolean help;

  private PrintStream out;
  private PrintStream err;

  /** Says where the report goes, and what is told beside. */
  void speaksTo(PrintStream report, PrintStream beside) {
    out = report;
    err = beside;
  }

  /** The bots, of which each option is checked. */
  abstract Run prepare() throws IOException;

  /** How many files they have open at once. */
  abstract int files();

  CommandSpec spec() {
    return spec;
  }

  Target target() {
    return target;
  }

  PacketOptions packets() {
    return packets;
  }

  /** The content of packets that have bytes of the bots' own before it. */
  Filler filler(Sizes sizes, int head) {
    packets.fit(sizes, head);
    return new Filler(seed(), sizes.min(), sizes.max());
  }

  /** What all that is random depends on; another one each time unless it was given. */
  long seed() {
    return seed == null ? ThreadLocalRandom.current().nextLong(SEEDS) : seed;
  }

  @Override
  public Integer call() throws IOException {
    int length = Refusal.range(spec, "--seconds", seconds, 1, LONGEST_SECONDS);
    try (Run run = prepare()) {
      OpenFiles.require(files());
      return new Conductor(out, err, target, length, json).conduct(run);
    }
  }
}
