package slipway.server.core.life;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.promise.Promise;

/**
 * Components that have other values than Config Admin holds for them, though it has told of all
 * changes. Felix SCR (2.2.18) leaves them so if a configuration is changed at the very moment in
 * which its component is enabled: it computes a component's properties, and keeps them, without a
 * lock. They last until the next change. A component that is disabled and enabled again has new
 * ones.
 *
 * <p>May be used from any thread.
 */
final class StaleComponents {

  /** What Declarative Services add by themselves. */
  private static final Set<String> OWN =
      Set.of("component.name", "component.id", Constants.SERVICE_PID);

  private final ServiceComponentRuntime components;
  private final ConfigurationAdmin configurations;

  StaleComponents(ServiceComponentRuntime components, ConfigurationAdmin configurations) {
    this.components = components;
    this.configurations = configurations;
  }

  /** Those of a bundle. */
  List<ComponentDescriptionDTO> of(Bundle bundle) {
    return components.getComponentDescriptionDTOs(bundle).stream()
        .filter(component -> component.configurationPid.length > 0)
        .filter(component -> !"ignore".equals(component.configurationPolicy))
        .filter(this::isStale)
        .toList();
  }

  private boolean isStale(ComponentDescriptionDTO component) {
    return components.getComponentConfigurationDTOs(component).stream()
        .anyMatch(configuration -> isStale(component, configuration));
  }

  private boolean isStale(ComponentDescriptionDTO component, ComponentConfigurationDTO instance) {
    Map<String, Object> expected = new HashMap<>(component.properties);
    try {
      for (String pid : pids(component, instance)) {
        putAll(expected, held(pid));
      }
    } catch (IOException | InvalidSyntaxException unknown) {
      return false;
    }
    Map<String, Object> actual = new HashMap<>(instance.properties);
    expected.keySet().removeAll(OWN);
    actual.keySet().removeAll(OWN);
    return !expected.keySet().equals(actual.keySet())
        || expected.keySet().stream()
            .anyMatch(key -> !Objects.deepEquals(plain(expected.get(key)), plain(actual.get(key))));
  }

  /** In the order in which one replaces the values of another; those of an instance are last. */
  private static Set<String> pids(
      ComponentDescriptionDTO component, ComponentConfigurationDTO instance) {
    Set<String> pids = new LinkedHashSet<>(Arrays.asList(component.configurationPid));
    switch (instance.properties.get(Constants.SERVICE_PID)) {
      case String one -> pids.add(one);
      case Collection<?> several -> several.forEach(pid -> pids.add(String.valueOf(pid)));
      case null, default -> {}
    }
    return pids;
  }

  /** What Config Admin holds; null if it has no such configuration. */
  private Dictionary<String, Object> held(String pid) throws IOException, InvalidSyntaxException {
    String filter = "(" + Constants.SERVICE_PID + "=" + escaped(pid) + ")";
    Configuration[] found = configurations.listConfigurations(filter);
    return found == null ? null : found[0].getProperties();
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\*()]", "\\\\$0");
  }

  private static void putAll(Map<String, Object> target, Dictionary<String, Object> held) {
    if (held != null) {
      held.keys().asIterator().forEachRemaining(key -> target.put(key, held.get(key)));
    }
  }

  /** A value as it can be compared: the runtime tells of lists as arrays, and so on. */
  private static Object plain(Object value) {
    return value instanceof Collection<?> several ? several.toArray() : value;
  }

  /**
   * Has a component computed anew.
   *
   * @return completed when it is enabled again, in any thread
   */
  CompletionStage<Void> renew(ComponentDescriptionDTO component) {
    return stage(components.disableComponent(component))
        .thenCompose(disabled -> stage(components.enableComponent(component)));
  }

  private static CompletionStage<Void> stage(Promise<Void> promise) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    promise.onResolve(() -> done.complete(null));
    return done;
  }
}
