package slipway.server.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import slipway.server.config.text.Values;

/**
 * What configurations have been with the consent of their checks, the newest first: a version that
 * refuses what a file says keeps the newest of them that it accepts. A few are kept of each
 * configuration. What a version has had last stays longer than the rest, so that many edits for one
 * version do not take away what another one needs.
 *
 * <p>Kept over a restart of the host in {@link LastGoodFolder}. For one thread at a time: {@link
 * Store} holds the lock.
 */
final class LastGood {

  /** So many are kept of a configuration, and so many versions that have taken one of them. */
  static final int MOST = 10;

  /**
   * Values that were in force.
   *
   * @param takers the versions whose checks have taken them
   */
  record Good(Map<String, Object> values, List<String> takers) {}

  private final LastGoodFolder folder;
  private final Map<ConfigurationId, List<Good>> kept;

  /** Begins with what is in the folder. */
  LastGood(LastGoodFolder folder) {
    this.folder = folder;
    this.kept = new TreeMap<>(folder.read());
  }

  /** The configurations of which something is kept. */
  Set<ConfigurationId> ids() {
    return new TreeSet<>(kept.keySet());
  }

  /** The newest first. */
  List<Map<String, Object>> of(ConfigurationId id) {
    return kept.getOrDefault(id, List.of()).stream().map(Good::values).toList();
  }

  /**
   * Values are in force and all checks take them.
   *
   * @param takers the versions of the checks; if there are none it is not known that they are good
   */
  void note(ConfigurationId id, Map<String, Object> values, Set<String> takers) {
    List<Good> goods = new ArrayList<>(kept.getOrDefault(id, List.of()));
    if (takers.isEmpty() || !goods.isEmpty() && isNoted(goods.getFirst(), values, takers)) {
      return;
    }
    Set<String> all = new LinkedHashSet<>(takers);
    goods.stream()
        .filter(good -> Values.same(good.values(), values))
        .forEach(good -> all.addAll(good.takers()));
    goods.removeIf(good -> Values.same(good.values(), values));
    goods.addFirst(new Good(Map.copyOf(values), all.stream().limit(MOST).toList()));
    if (goods.size() > MOST) {
      goods.remove(leastNeeded(goods));
    }
    kept.put(id, goods);
    folder.write(id, goods);
  }

  private static boolean isNoted(Good good, Map<String, Object> values, Set<String> takers) {
    return Values.same(good.values(), values) && good.takers().containsAll(takers);
  }

  /** The oldest whose takers have all taken newer ones. */
  private static int leastNeeded(List<Good> goods) {
    int found = goods.size() - 1;
    Set<String> served = new HashSet<>();
    for (int i = 0; i < goods.size(); i++) {
      if (served.containsAll(goods.get(i).takers())) {
        found = i;
      }
      served.addAll(goods.get(i).takers());
    }
    return found;
  }

  /** A configuration is gone. */
  void forget(ConfigurationId id) {
    if (kept.remove(id) != null) {
      folder.delete(id);
    }
  }
}
