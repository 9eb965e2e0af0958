package slipway.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one version of a service gives another with an open connection: named values of types that
 * both versions share.
 *
 * <p>Reading is tolerant, as the other version may be older or newer: a key that is missing, and a
 * value of another type than the one that is asked for, are treated alike, and unused keys do no
 * harm. What a key means never changes; another meaning gets another key.
 *
 * <p>Values are immutable and may be used by any thread.
 */
public final class Handed {

  private static final Handed NOTHING = new Handed(Map.of(), "");

  private final Map<String, Object> values;
  private final String from;

  private Handed(Map<String, Object> values, String from) {
    this.values = values;
    this.from = from;
  }

  /** No values: what a new connection comes with. */
  public static Handed nothing() {
    return NOTHING;
  }

  /**
   * Values from a map, which is copied.
   *
   * @param values strings, booleans, boxed numbers and other values of JDK types; maps, with keys
   *     of any of these, and collections of them
   */
  public static Handed of(Map<String, ?> values) {
    return values.isEmpty() ? NOTHING : new Handed(copy(values), "");
  }

  /** A copy with a text more. */
  public Handed with(String key, String text) {
    return and(key, Objects.requireNonNull(text));
  }

  /** A copy with a number more. */
  public Handed with(String key, long number) {
    return and(key, number);
  }

  /** A copy with a yes or no more. */
  public Handed with(String key, boolean flag) {
    return and(key, flag);
  }

  /** A copy with a point in time more. */
  public Handed with(String key, Instant time) {
    return and(key, Objects.requireNonNull(time));
  }

  /** A copy with a time more. */
  public Handed with(String key, Duration time) {
    return and(key, Objects.requireNonNull(time));
  }

  /** A copy with bytes more, which are copied. */
  public Handed with(String key, byte[] bytes) {
    return and(key, bytes.clone());
  }

  /** A copy with a list of texts more, which is copied. */
  public Handed with(String key, Collection<String> texts) {
    return and(key, List.copyOf(texts));
  }

  /** A copy with values of their own more: those of a part, which need not know those of others. */
  public Handed with(String key, Handed part) {
    return and(key, part.values);
  }

  private Handed and(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(Objects.requireNonNull(key), value);
    return new Handed(Collections.unmodifiableMap(more), from);
  }

  /** The same values, given by a version. */
  public Handed from(String version) {
    return new Handed(values, Objects.requireNonNull(version));
  }

  /** The version of the bundle that gave this; empty if no version gave it. */
  public String from() {
    return from;
  }

  /** Whether there are no values. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The text of a key; empty if there is none. */
  public Optional<String> text(String key) {
    return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The number of a key, of any integral type; empty if there is none. */
  public OptionalLong number(String key) {
    return switch (values.get(key)) {
      case Long number -> OptionalLong.of(number);
      case Integer number -> OptionalLong.of(number);
      case Short number -> OptionalLong.of(number);
      case Byte number -> OptionalLong.of(number);
      case null, default -> OptionalLong.empty();
    };
  }

  /** Whether a key says yes; false if it says nothing. */
  public boolean flag(String key) {
    return flag(key, false);
  }

  /** Whether a key says yes; {@code otherwise} if it says nothing. */
  public boolean flag(String key, boolean otherwise) {
    return values.get(key) instanceof Boolean flag ? flag : otherwise;
  }

  /** The point in time of a key; empty if there is none. */
  public Optional<Instant> instant(String key) {
    return values.get(key) instanceof Instant time ? Optional.of(time) : Optional.empty();
  }

  /** The time of a key; empty if there is none. */
  public Optional<Duration> duration(String key) {
    return values.get(key) instanceof Duration time ? Optional.of(time) : Optional.empty();
  }

  /** The bytes of a key, a copy; empty if there are none. */
  public Optional<byte[]> bytes(String key) {
    return values.get(key) instanceof byte[] bytes ? Optional.of(bytes.clone()) : Optional.empty();
  }

  /** The texts of a key, without what is none; an empty list if there are none. */
  public List<String> texts(String key) {
    return values.get(key) instanceof Collection<?> texts
        ? texts.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /** The values of a part; nothing if it has none. */
  public Handed part(String key) {
    return values.get(key) instanceof Map<?, ?> part ? new Handed(copy(part), from) : NOTHING;
  }

  /** All values by their keys, as {@link #of} takes them. Nothing of it can be changed. */
  public Map<String, Object> toMap() {
    return values;
  }

  private static Map<String, Object> copy(Map<?, ?> values) {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key instanceof String name && value != null) {
            copy.put(name, value(value));
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  /** What others could change is copied, at any depth. */
  private static Object value(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, each) -> copy.put(key, each == null ? null : value(each)));
        yield Collections.unmodifiableMap(copy);
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>(list);
        copy.replaceAll(one -> one == null ? null : value(one));
        yield Collections.unmodifiableList(copy);
      }
      case byte[] bytes -> bytes.clone();
      default -> value;
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Handed handed
        && from.equals(handed.from)
        && equal(values, handed.values);
  }

  private static boolean equal(Map<String, Object> one, Map<String, Object> other) {
    return one.keySet().equals(other.keySet())
        && one.keySet().stream().allMatch(key -> Objects.deepEquals(one.get(key), other.get(key)));
  }

  @Override
  public int hashCode() {
    return Objects.hash(values.keySet(), from);
  }

  /** The keys, and not the values, which may be secrets. */
  @Override
  public String toString() {
    return values.keySet() + (from.isEmpty() ? "" : " from " + from);
  }
}
