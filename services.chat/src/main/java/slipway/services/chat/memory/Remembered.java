package slipway.services.chat.memory;

import java.util.LinkedHashMap;

/**
 * A value of each key, for so many keys: the oldest is forgotten if there is one more. So what
 * strangers can make the chat remember is bounded. For one thread at a time; with several, the
 * caller holds a lock.
 *
 * @param <K> the keys, which are not null
 * @param <V> the values, which are not null
 */
public final class Remembered<K, V> {

  private final int most;
  private final LinkedHashMap<K, V> values = new LinkedHashMap<>();

  /**
   * Makes it, empty.
   *
   * @param most how many keys are remembered, at least 1
   */
  public Remembered(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most = " + most + ": allowed is 1 or more");
    }
    this.most = most;
  }

  /** The value of a key, which stays as old as it is; null if it is not remembered. */
  public V get(K key) {
    return values.get(key);
  }

  /**
   * Remembers a value of a key, which is the newest then, whether it was remembered or not.
   *
   * @return the value that was forgotten for it; null if none was
   */
  public V put(K key, V value) {
    values.putLast(key, value);
    return values.size() > most ? values.pollFirstEntry().getValue() : null;
  }

  /** Gives a key that is remembered another value; it stays as old as it is. */
  public void replace(K key, V value) {
    values.replace(key, value);
  }

  /** Forgets a key; returns its value, null if it is not remembered. */
  public V remove(K key) {
    return values.remove(key);
  }

  /** Forgets all. */
  public void clear() {
    values.clear();
  }
}
