package slipway.bots;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import slipway.account.AccountName;
import slipway.bots.link.Loops;
import slipway.bots.report.Run;
import slipway.bots.world.Mix;
import slipway.bots.world.WorldPlan;
import slipway.bots.world.WorldRun;
import slipway.config.Durations;

/** Players of a world. */
@Command(
    name = "world",
    description = "Players log in, walk, talk and change zones, and check all that they are told.")
final class WorldVerb extends Verb {

  private static final int MOST_PLAYERS = 10_000;
  private static final int MOST_SKIPS = 1_000_000;
  private static final int MOST_CUTS = 100;
  private static final int LONGEST_PASSWORD = 128;
  private static final Duration SOONEST = Duration.ofMillis(10);
  private static final Duration LATEST = Duration.ofHours(1);

  @Option(
      names = "--players",
      paramLabel = "N",
      defaultValue = "100",
      description = "how many players, up to 10000 (100)")
  private int players;

  @Option(
      names = "--name-prefix",
      paramLabel = "TEXT",
      defaultValue = "bot",
      description = "how their names begin; their numbers follow (bot)")
  private String names;

  @Option(
      names = "--password",
      paramLabel = "TEXT",
      defaultValue = "robots walk by night",
      description = "the password of all of them (robots walk by night)")
  private String password;

  @Option(
      names = "--ramp",
      paramLabel = "D",
      defaultValue = "10ms",
      description = "between two players that connect (10ms)")
  private Duration ramp;

  @Option(
      names = "--enter-within",
      paramLabel = "D",
      defaultValue = "60s",
      description = "how long the server may take to let a player into a zone (60s)")
  private Duration enterWithin;

  @Option(
      names = "--decide",
      paramLabel = "D",
      defaultValue = "1s",
      description = "between two decisions of a player (1s)")
  private Duration decide;

  @Option(
      names = "--mix",
      paramLabel = "WALK/SAY/GO",
      defaultValue = "75/20/5",
      description = "what 100 decisions are; the others are to stay (75/20/5)")
  private Mix mix;

  @Option(
      names = "--alive",
      paramLabel = "D",
      defaultValue = "20s",
      description = "how often a player says that it is there (20s)")
  private Duration alive;

  @Option(
      names = "--late",
      paramLabel = "D",
      defaultValue = "1s",
      description = "an answer after that is late (1s)")
  private Duration late;

  @Option(
      names = "--skips",
      paramLabel = "N",
      defaultValue = "0",
      description = "how many frames may be left out for each player (0)")
  private int skips;

  @Option(
      names = "--cut",
      paramLabel = "N",
      defaultValue = "0",
      description = "at how many of 100 decisions a player is cut and comes back (0)")
  private int cut;

  @Override
  Run prepare() throws IOException {
    Refusal.range(spec(), "--players", players, 1, MOST_PLAYERS);
    Refusal.range(spec(), "--skips", skips, 0, MOST_SKIPS);
    Refusal.range(spec(), "--cut", cut, 0, MOST_CUTS);
    checkLogIn();
    return new WorldRun(
        new WorldPlan(
            target(),
            packets().format(),
            players,
            Loops.usualCount(),
            seed(),
            names,
            password,
            range("--ramp", ramp, Duration.ZERO),
            range("--enter-within", enterWithin, SOONEST),
            range("--decide", decide, SOONEST),
            mix,
            range("--alive", alive, SOONEST),
            range("--late", late, SOONEST),
            skips,
            cut,
            Load.patience(late)));
  }

  private void checkLogIn() {
    try {
      AccountName.of(names + players);
    } catch (IllegalArgumentException noName) {
      throw Refusal.value(
          spec(), "--name-prefix", names, AccountName.FORM + ", with the number of the player");
    }
    int length = password.getBytes(UTF_8).length;
    if (length < 1 || length > LONGEST_PASSWORD) {
      throw Refusal.value(
          spec(), "--password", "of " + length + " bytes", "1 to " + LONGEST_PASSWORD + " bytes");
    }
  }

  private Duration range(String option, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(LATEST) > 0) {
      throw Refusal.value(
          spec(),
          option,
          Durations.format(value),
          Durations.format(least) + " to " + Durations.format(LATEST));
    }
    return value;
  }

  @Override
  int files() {
    return players;
  }
}
