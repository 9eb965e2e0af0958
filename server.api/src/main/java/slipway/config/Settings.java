package slipway.config;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The values of one configuration, read with their defaults and refused with a reason.
 *
 * <p>Keys and defaults are those of an annotation type, the one that also describes the PID to
 * Metatype, so that they are written in one place. Immutable.
 */
public final class Settings {

  private static final Set<String> FRAMEWORK_PREFIXES =
      Set.of("service.", "component.", "felix.", "slipway.config.", ".");

  private final Map<String, Object> defaults;
  private final Map<String, Object> values;

  private Settings(Map<String, Object> defaults, Map<String, Object> values) {
    this.defaults = defaults;
    this.values = values;
  }

  /**
   * The values of a configuration.
   *
   * @param type the annotation type whose methods are the keys (by the rules of Declarative
   *     Services: {@code idle_timeout} is {@code idle.timeout}) and give the defaults
   * @param properties what is configured
   */
  public static Settings of(Class<? extends Annotation> type, Map<String, ?> properties) {
    Map<String, Object> defaults = new TreeMap<>();
    for (Method method : type.getDeclaredMethods()) {
      if (method.getParameterCount() == 0 && !method.isSynthetic()) {
        defaults.put(key(method.getName()), method.getDefaultValue());
      }
    }
    return new Settings(defaults, new TreeMap<>(properties));
  }

  private static String key(String method) {
    return method.replace("__", "\0").replace('_', '.').replace('\0', '_').replace("$", "");
  }

  /** Keys that are configured and unknown, ordered. */
  public Set<String> unknown() {
    return values.keySet().stream()
        .filter(key -> !defaults.containsKey(key))
        .filter(key -> FRAMEWORK_PREFIXES.stream().noneMatch(key::startsWith))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Keys that are known, ordered. */
  public Set<String> known() {
    return defaults.keySet();
  }

  /** The text under a key, without white space around it. */
  public String text(String key) {
    Object value = values.getOrDefault(key, defaults.get(key));
    if (value == null) {
      return "";
    }
    if (value.getClass().isArray()) {
      return Array.getLength(value) == 0 ? "" : String.valueOf(Array.get(value, 0)).strip();
    }
    return String.valueOf(value).strip();
  }

  /** The texts under a key: the elements of an array or collection, or of text with commas. */
  public List<String> texts(String key) {
    Object value = values.getOrDefault(key, defaults.get(key));
    if (value instanceof Object[] array) {
      return Arrays.stream(array).map(element -> String.valueOf(element).strip()).toList();
    }
    if (value instanceof Collection<?> collection) {
      return collection.stream().map(element -> String.valueOf(element).strip()).toList();
    }
    return Arrays.stream(text(key).split(","))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }

  /**
   * The whole number under a key.
   *
   * @throws InvalidConfiguration if there is none, or none from {@code min} to {@code max}
   */
  public int integer(String key, int min, int max) throws InvalidConfiguration {
    try {
      int value = Integer.parseInt(text(key));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // refused below, as a number out of range is
    }
    throw refused(key, "a whole number from " + min + " to " + max);
  }

  /**
   * The truth value under a key.
   *
   * @throws InvalidConfiguration if it is neither {@code true} nor {@code false}
   */
  public boolean flag(String key) throws InvalidConfiguration {
    return switch (text(key).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(key, "true or false");
    };
  }

  /**
   * The duration under a key.
   *
   * @throws InvalidConfiguration if it is no duration, or none from {@code min} to {@code max}
   */
  public Duration duration(String key, Duration min, Duration max) throws InvalidConfiguration {
    Duration value = Durations.parse(text(key)).orElse(null);
    if (value == null) {
      throw refused(key, Durations.FORM);
    }
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw refused(
          key, "a duration from " + Durations.format(min) + " to " + Durations.format(max));
    }
    return value;
  }

  /**
   * An exception that refuses the value under a key.
   *
   * @param key the key
   * @param allowed what is allowed, as the end of "allowed is …"
   */
  public InvalidConfiguration refused(String key, String allowed) {
    return new InvalidConfiguration(key, text(key), allowed);
  }
}
