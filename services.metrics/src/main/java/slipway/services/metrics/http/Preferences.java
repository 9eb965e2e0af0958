package slipway.services.metrics.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a client says in {@code Accept} or {@code Accept-Encoding}: names, each with a weight. */
public final class Preferences {

  private record Item(String name, double weight) {}

  private final List<Item> items;

  private Preferences(List<Item> items) {
    this.items = items;
  }

  /**
   * Reads headers. What cannot be understood is left out, as nothing depends on it.
   *
   * @param headers all headers of one name
   */
  public static Preferences of(List<String> headers) {
    List<Item> items = new ArrayList<>();
    for (String item : String.join(",", headers).toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = item.split(";", -1);
      String name = parts[0].strip();
      if (!name.isEmpty()) {
        items.add(new Item(name, weightOf(parts)));
      }
    }
    return new Preferences(items);
  }

  private static double weightOf(String... parts) {
    for (int at = 1; at < parts.length; at++) {
      String parameter = parts[at].strip();
      if (parameter.startsWith("q=")) {
        try {
          double weight = Double.parseDouble(parameter.substring(2).strip());
          return weight >= 0 && weight <= 1 ? weight : 0;
        } catch (NumberFormatException notANumber) {
          return 0;
        }
      }
    }
    return 1;
  }

  /**
   * How much the client wants one of some names.
   *
   * @return 0 if it does not want it, 1 at most; empty if it says nothing of it
   */
  public OptionalDouble weight(String... names) {
    return items.stream()
        .filter(item -> List.of(names).contains(item.name()))
        .mapToDouble(Item::weight)
        .max();
  }
}
