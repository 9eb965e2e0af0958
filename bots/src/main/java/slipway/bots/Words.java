package slipway.bots;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The constants of an enum as people write them: in small letters. */
final class Words {

  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if there is none; says which there are
   */
  static <E extends Enum<E>> E parse(Class<E> type, String text) {
    E[] all = type.getEnumConstants();
    return Arrays.stream(all)
        .filter(constant -> of(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "allowed is "
                        + Arrays.stream(all).map(Words::of).collect(Collectors.joining(" or "))));
  }
}
