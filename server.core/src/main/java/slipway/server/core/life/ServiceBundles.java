package slipway.server.core.life;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.ConfigurationStore;
import slipway.service.Service;
import slipway.service.ServiceNames;
import slipway.thread.ControlThread;

/**
 * Finds the bundles that provide services, by their manifests, and tells {@link ServiceControl}
 * what happens to them.
 */
@Component(service = {})
public final class ServiceBundles
    implements BundleTrackerCustomizer<AtomicReference<ServiceBundle>> {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceBundles.class);

  private final BundleContext context;
  private final ServiceControl control;
  private final Diagnosis diagnosis;
  private final StaleComponents stale;
  private final FrameworkWiring wiring;
  private final ShippedLibraries libraries;
  private final ConfigurationStore configurations;
  private final BundleTracker<AtomicReference<ServiceBundle>> tracker;
  private final ScheduledExecutorService deadlines = ControlThread.named("slipway-deadlines");
  private final ServiceListener withdrawals = this::serviceChanged;

  /** For Declarative Services. */
  @Activate
  public ServiceBundles(
      BundleContext context,
      @Reference ServiceControl control,
      @Reference ServiceComponentRuntime components,
      @Reference ShippedLibraries libraries,
      @Reference ConfigurationStore configurations,
      @Reference ConfigurationAdmin admin)
      throws InvalidSyntaxException {
    this.context = context;
    this.control = control;
    this.libraries = libraries;
    this.configurations = configurations;
    this.diagnosis = new Diagnosis(components);
    this.stale = new StaleComponents(components, admin);
    this.wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    this.tracker = new BundleTracker<>(context, ~Bundle.UNINSTALLED, this);
    context.addServiceListener(withdrawals, "(" + Service.NAME + "=*)");
    tracker.open();
  }

  @Deactivate
  void deactivate() {
    context.removeServiceListener(withdrawals);
    tracker.close();
    deadlines.shutdown(); // deadlines that run still hold; the thread ends with the last of them
  }

  /** Every bundle is tracked, as an update can make it a service bundle, or another one. */
  @Override
  public AtomicReference<ServiceBundle> addingBundle(Bundle bundle, BundleEvent event) {
    AtomicReference<ServiceBundle> provider = new AtomicReference<>();
    add(bundle, provider);
    return provider;
  }

  @Override
  public void modifiedBundle(
      Bundle bundle, BundleEvent event, AtomicReference<ServiceBundle> provider) {
    if (event == null) {
      return;
    }
    if (event.getType() == BundleEvent.STARTED) {
      startedFromOutside(provider.get());
    } else if (event.getType() == BundleEvent.UPDATED) {
      removedBundle(bundle, event, provider);
      add(bundle, provider);
    }
  }

  @Override
  public void removedBundle(
      Bundle bundle, BundleEvent event, AtomicReference<ServiceBundle> provider) {
    ServiceBundle removed = provider.getAndSet(null);
    if (removed != null) {
      control.remove(removed.name(), removed);
    }
  }

  private void add(Bundle bundle, AtomicReference<ServiceBundle> provider) {
    String name = providedName(bundle);
    if (name != null) {
      ServiceBundle added =
          new ServiceBundle(
              context,
              bundle,
              name,
              diagnosis,
              stale,
              wiring,
              libraries,
              configurations::announced,
              deadlines);
      // before anybody can start it: two who resolve at once can fail on the framework's locks
      added.resolveNow();
      provider.set(added);
      control.add(name, added, bundle.getLocation());
      if (bundle.getState() == Bundle.ACTIVE) {
        startedFromOutside(provider.get());
      }
    }
  }

  private void startedFromOutside(ServiceBundle provider) {
    if (provider != null && !provider.isStarting()) {
      control.startedFromOutside(provider.name(), provider);
    }
  }

  private void serviceChanged(ServiceEvent event) {
    if (event.getType() == ServiceEvent.UNREGISTERING && !isHostEnding()) {
      Bundle bundle = event.getServiceReference().getBundle();
      AtomicReference<ServiceBundle> provider = bundle == null ? null : tracker.getObject(bundle);
      ServiceBundle loser = provider == null ? null : provider.get();
      if (loser != null) {
        control.lost(loser.name(), loser);
      }
    }
  }

  private boolean isHostEnding() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
  }

  /** The name in the bundle's manifest; null if it is no service bundle. */
  private static String providedName(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    List<BundleCapability> capabilities =
        revision == null ? List.of() : revision.getDeclaredCapabilities(Service.NAMESPACE);
    if (capabilities.isEmpty()) {
      return null;
    }
    Map<String, Object> attributes = capabilities.get(0).getAttributes();
    String text = String.valueOf(attributes.get("name"));
    if (!ServiceNames.isName(text)) {
      LOG.error(
          "bundle {} {}: its capability {} has the name {}: allowed is {}",
          bundle.getBundleId(),
          bundle.getSymbolicName(),
          Service.NAMESPACE,
          text,
          ServiceNames.FORM);
      return null;
    }
    if (capabilities.size() > 1) {
      LOG.error(
          "bundle {} {} has {} capabilities {}, and serves none of them: allowed is one, as a"
              + " bundle is one service",
          bundle.getBundleId(),
          bundle.getSymbolicName(),
          capabilities.size(),
          Service.NAMESPACE);
      return null;
    }
    return text;
  }
}
