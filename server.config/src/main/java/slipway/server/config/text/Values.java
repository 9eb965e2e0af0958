package slipway.server.config.text;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values of a configuration as a map, and when two of them are the same.
 *
 * <p>Values are compared as text, because a {@code .cfg} file has no types: 2000 from a file and
 * the Integer 2000 from a console are one value.
 */
public final class Values {

  /** Keys that say where a configuration is kept, and nothing about it. */
  private static final Set<String> RESERVED =
      Set.of(
          "service.pid",
          "service.factoryPid",
          "service.bundleLocation",
          "felix.fileinstall.filename");

  /** Of what Config Admin stores about a configuration, beside its values. */
  private static final String STORED = ":org.apache.felix.configadmin.";

  private Values() {}

  public static boolean isReserved(String key) {
    return RESERVED.contains(key) || key.startsWith(STORED);
  }

  /** The values in a dictionary without those that Config Admin and this bundle add. */
  public static Map<String, Object> of(Dictionary<?, ?> dictionary) {
    Map<String, Object> values = new TreeMap<>();
    for (Object key : Collections.list(dictionary.keys())) {
      if (!isReserved((String) key)) {
        values.put((String) key, dictionary.get(key));
      }
    }
    return values;
  }

  /** The keys under which two configurations differ, ordered. */
  public static Set<String> differing(Map<String, Object> one, Map<String, Object> other) {
    Set<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    keys.removeIf(key -> same(one.get(key), other.get(key)));
    return keys;
  }

  /** Whether two configurations are the same; none, null, is the same as none. */
  public static boolean same(Map<String, Object> one, Map<String, Object> other) {
    if (one == null || other == null) {
      return one == other;
    }
    return one.keySet().equals(other.keySet())
        && one.keySet().stream().allMatch(key -> same(one.get(key), other.get(key)));
  }

  /** Whether two values are the same; null is the same as nothing. */
  public static boolean same(Object one, Object other) {
    return one != null && other != null && text(one).equals(text(other));
  }

  /** A value as a person writes it; several are separated by commas. */
  public static String text(Object value) {
    if (value instanceof Collection<?> collection) {
      return collection.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    if (value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(index -> String.valueOf(Array.get(value, index)))
          .collect(Collectors.joining(", "));
    }
    return String.valueOf(value);
  }

  /** A key as part of a line that is shown to a person. */
  public static String shown(String key) {
    return key.replaceAll("\\p{Cntrl}", "?");
  }
}
