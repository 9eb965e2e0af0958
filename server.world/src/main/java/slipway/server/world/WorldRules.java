package slipway.server.world;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import slipway.world.WorldSpec;

/** What operators have configured of worlds, by their names. May be used from any thread. */
@Component(service = WorldRules.class)
public final class WorldRules {

  private final Map<String, WorldRule> rules = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  void put(String world, WorldRule rule) {
    rules.put(world, rule);
    listeners.forEach(Runnable::run);
  }

  void remove(String world) {
    rules.remove(world);
    listeners.forEach(Runnable::run);
  }

  /** The world as it is to run. */
  WorldSpec apply(WorldSpec asked) {
    return rule(asked.name()).apply(asked);
  }

  /** What is configured of a world. */
  WorldRule rule(String world) {
    return rules.getOrDefault(world, WorldRule.NONE);
  }

  /** The number of the loop that a world is to be in; 0 for any. */
  int loop(String world) {
    return rule(world).loop();
  }

  /** Whether a world is parked when it ends. */
  boolean parks(String world) {
    return rules.getOrDefault(world, WorldRule.NONE).park();
  }

  /** Whether any world is. */
  boolean parks() {
    return rules.values().stream().anyMatch(WorldRule::park);
  }

  /** Has something done after each change. */
  void listen(Runnable changed) {
    listeners.add(changed);
  }

  void forget(Runnable changed) {
    listeners.remove(changed);
  }
}
