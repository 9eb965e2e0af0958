package slipway.examples.redis;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All keys and their values, with a limit on what they take together. What is shared between
 * versions consists of the JDK's classes: maps, texts, arrays of bytes. May be used from any
 * thread.
 *
 * <p>A key is a text with a character for each byte. Arrays with values are never changed.
 */
final class Keys {

  /** What all keys and values may take, in bytes. */
  static final long MOST_BYTES = 64 << 20;

  /** What a key costs beside its bytes. */
  private static final int COST = 100;

  private static final String VALUES = "values";
  private static final String BYTES = "bytes";

  private final ConcurrentMap<String, byte[]> values;
  private final AtomicLong bytes;

  /** There is no room for what was to be kept. */
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The keys that another version shares; none yet if that is empty. */
  @SuppressWarnings("unchecked")
  Keys(Map<?, ?> shared) {
    values =
        shared.get(VALUES) instanceof ConcurrentMap<?, ?> theirs
            ? (ConcurrentMap<String, byte[]>) theirs
            : new ConcurrentHashMap<>();
    bytes = shared.get(BYTES) instanceof AtomicLong theirs ? theirs : new AtomicLong();
  }

  /** What another version continues with. */
  Map<String, Object> shared() {
    return Map.of(VALUES, values, BYTES, bytes);
  }

  int count() {
    return values.size();
  }

  /** The value of a key; null if there is none. */
  byte[] get(String key) {
    return values.get(key);
  }

  /**
   * Sets a value.
   *
   * @throws Full if there is no room for it; the key is as it was
   */
  void set(String key, byte[] value) {
    values.compute(key, (same, old) -> replaced(key, old, value));
  }

  /**
   * Adds one to a whole number, 0 if there is none.
   *
   * @return the sum
   * @throws NumberFormatException if the value is none
   * @throws ArithmeticException if the sum is too great
   * @throws Full if there is no room for it
   */
  long increment(String key) {
    byte[] sum =
        values.compute(
            key,
            (same, old) ->
                replaced(
                    key, old, bytes(Math.incrementExact(old == null ? 0 : Numbers.parse(old)))));
    return Numbers.parse(sum);
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] replaced(String key, byte[] old, byte[] value) {
    long more = old == null ? COST + key.length() + value.length : value.length - old.length;
    if (bytes.addAndGet(more) > MOST_BYTES && more > 0) {
      bytes.addAndGet(-more);
      throw new Full();
    }
    return value;
  }

  /** Removes a key; whether it was there. */
  boolean remove(String key) {
    byte[] old = values.remove(key);
    if (old != null) {
      bytes.addAndGet(-(COST + key.length() + old.length));
    }
    return old != null;
  }
}
