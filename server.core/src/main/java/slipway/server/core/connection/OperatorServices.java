package slipway.server.core.connection;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import slipway.admin.ServiceAdmin;
import slipway.service.Audience;
import slipway.service.Service;
import slipway.service.ServiceNames;

/**
 * Knows which services are for operators: those that a bundle declares in its manifest, whether it
 * runs or not, and {@code admin}, whichever bundle brings it. May be asked in any thread.
 */
@Component(service = OperatorServices.class)
public final class OperatorServices {

  private static final String AUDIENCE = "audience";
  private static final int PRESENT =
      Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

  private final Map<Long, Set<String>> byBundle = new ConcurrentHashMap<>();
  private final Optional<BundleTracker<Bundle>> tracker;

  /** For Declarative Services. */
  @Activate
  public OperatorServices(BundleContext context) {
    tracker = Optional.of(new Bundles(context));
    tracker.get().open();
  }

  /** For tests: only {@code admin}. */
  OperatorServices() {
    tracker = Optional.empty();
  }

  @Deactivate
  void deactivate() {
    tracker.ifPresent(BundleTracker::close);
  }

  /**
   * For whom a service is.
   *
   * @param text its name, as a client writes it
   */
  Audience audience(String text) {
    Optional<String> name = ServiceNames.parse(text);
    return name.isPresent() && isForOperators(name.get()) ? Audience.OPERATORS : Audience.USERS;
  }

  private boolean isForOperators(String name) {
    return name.equals(ServiceAdmin.ADMIN)
        || byBundle.values().stream().anyMatch(names -> names.contains(name));
  }

  /** What a bundle brings for operators. */
  void put(long bundle, Set<String> names) {
    if (names.isEmpty()) {
      byBundle.remove(bundle);
    } else {
      byBundle.put(bundle, names);
    }
  }

  private static Set<String> named(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null
        ? Set.of()
        : revision.getDeclaredCapabilities(Service.NAMESPACE).stream()
            .map(BundleCapability::getAttributes)
            .filter(
                attributes ->
                    Audience.OPERATORS
                        .name()
                        .equalsIgnoreCase(String.valueOf(attributes.get(AUDIENCE))))
            .map(attributes -> String.valueOf(attributes.get("name")))
            .collect(Collectors.toUnmodifiableSet());
  }

  private final class Bundles extends BundleTracker<Bundle> {
    Bundles(BundleContext context) {
      super(context, PRESENT, null);
    }

    @Override
    public Bundle addingBundle(Bundle bundle, BundleEvent event) {
      put(bundle.getBundleId(), named(bundle));
      return bundle;
    }

    /** It may have been updated. */
    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
      put(bundle.getBundleId(), named(bundle));
    }

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
      put(bundle.getBundleId(), Set.of());
    }
  }
}
