package slipway.server.world;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import slipway.world.WorldKind;

/**
 * The worlds of a service that sessions can come to.
 *
 * @param byName in the order of the version that has opened them
 */
record OpenWorlds(Map<String, HostWorld> byName) {

  static final OpenWorlds NONE = new OpenWorlds(Map.of());

  /** These and others. */
  OpenWorlds and(Map<String, HostWorld> more) {
    Map<String, HostWorld> all = new LinkedHashMap<>(byName);
    all.putAll(more);
    return new OpenWorlds(Collections.unmodifiableMap(all));
  }

  Set<String> names() {
    return byName.keySet();
  }

  Collection<HostWorld> all() {
    return byName.values();
  }

  /** Where new sessions come in; null if there are none. */
  HostWorld entrance() {
    HostWorld first = null;
    for (HostWorld world : all()) {
      if (world.kind() == WorldKind.AUTH) {
        return world;
      }
      first = first == null ? world : first;
    }
    return first;
  }

  /**
   * A world to play in.
   *
   * @throws IllegalArgumentException if there is none with this name
   */
  HostWorld game(String name) {
    HostWorld world = byName.get(name);
    if (world == null || world.kind() != WorldKind.GAME) {
      throw new IllegalArgumentException("world " + name + ": allowed are " + games());
    }
    return world;
  }

  private List<String> games() {
    return all().stream()
        .filter(world -> world.kind() == WorldKind.GAME)
        .map(HostWorld::name)
        .toList();
  }
}
