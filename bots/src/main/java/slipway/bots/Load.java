package slipway.bots;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * How many bytes packets carry, and when one is late: options of each verb, which describes them in
 * its own words. Annotations have no place for those, so the options are made here.
 */
@Command
final class Load {

  /** How long the last answers may take when a run ends, at least. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String SIZES = "12..256";
  private static final String LATE = "500ms";

  private final OptionSpec sizes;
  private final OptionSpec late;

  /**
   * Makes them.
   *
   * @param head what a packet has before these bytes
   * @param lateness what is late
   */
  Load(String head, String lateness) {
    sizes =
        OptionSpec.builder("--sizes")
            .type(Sizes.class)
            .paramLabel("MIN..MAX")
            .defaultValue(SIZES)
            .description("bytes in a packet after " + head + " (" + SIZES + ")")
            .build();
    late =
        OptionSpec.builder("--late")
            .type(Duration.class)
            .paramLabel("D")
            .defaultValue(LATE)
            .description(lateness + " (" + LATE + ")")
            .build();
  }

  /** Called as the verb is made. */
  @Spec(Spec.Target.MIXEE)
  void addTo(CommandSpec verb) {
    verb.addOption(sizes).addOption(late);
  }

  Sizes sizes() {
    return sizes.getValue();
  }

  /** After that an answer is late. */
  Duration late() {
    return late.getValue();
  }

  /** How long the last answers may take when a run ends: no answer is missing before it is late. */
  Duration patience() {
    return patience(late());
  }

  /** The same, for a verb that has other options. */
  static Duration patience(Duration late) {
    return late.compareTo(PATIENCE) > 0 ? late : PATIENCE;
  }
}
