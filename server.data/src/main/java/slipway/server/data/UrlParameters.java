package slipway.server.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters that end a database's URL, in their order, each as it was written. They may hold
 * secrets, so only the driver gets their text.
 *
 * @param first the character before the first one
 * @param between the character between two
 * @param texts each one, {@code KEY=VALUE}
 */
record UrlParameters(char first, char between, List<String> texts) {

  /** Reads what follows the place in a URL, without the character that begins it. */
  static UrlParameters of(char first, char between, String text) {
    return new UrlParameters(
        first,
        between,
        Arrays.stream(text.split(Pattern.quote(String.valueOf(between))))
            .filter(each -> !each.isBlank())
            .toList());
  }

  /** What a key is set to, in whatever case it is written; empty if it is not set. */
  Optional<String> get(String key) {
    return texts.stream()
        .map(each -> each.split("=", 2))
        .filter(each -> each.length == 2 && each[0].strip().equalsIgnoreCase(key))
        .map(each -> each[1].strip())
        .findFirst();
  }

  /** These, and one more unless its key is set. */
  UrlParameters orElse(String key, String value) {
    if (get(key).isPresent()) {
      return this;
    }
    List<String> more = new ArrayList<>(texts);
    more.add(key + "=" + value);
    return new UrlParameters(first, between, List.copyOf(more));
  }

  /** For the driver. */
  String text() {
    return texts.isEmpty() ? "" : first + String.join(String.valueOf(between), texts);
  }

  @Override
  public String toString() {
    return "(not shown)";
  }
}
