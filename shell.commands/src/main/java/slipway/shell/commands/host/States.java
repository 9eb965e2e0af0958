package slipway.shell.commands.host;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** States, which operators write as a word or as its number. */
final class States {

  private States() {}

  /** All that may be written: the words, then the numbers. */
  static List<String> words(Enum<?>[] states) {
    return Stream.concat(
            Arrays.stream(states).map(Enum::name),
            Arrays.stream(states).map(state -> Integer.toString(state.ordinal())))
        .toList();
  }

  /** What was written is none of them. */
  static TypeConversionException unknown(Enum<?>[] states) {
    return new TypeConversionException(
        Arrays.stream(states)
            .map(state -> state.ordinal() + " " + state)
            .collect(Collectors.joining(", ", "allowed are ", "")));
  }
}
