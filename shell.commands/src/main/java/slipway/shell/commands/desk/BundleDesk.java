package slipway.shell.commands.desk;

import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import slipway.admin.ServiceAdmin;

/**
 * Finds the commands that bundles bring, by their manifests, and registers each as a function of
 * Gogo's scope {@code slipway}, once, for as long as some bundle brings it. What it calls is looked
 * for at each call, so that a version that is exchanged takes its commands with it.
 *
 * <p>Bundles come and go in any thread. The lock is also held while a function is registered, so
 * that two versions that come and go at once leave the right one; a listener that hears of that
 * does not ask the desk.
 */
@Component(service = Catalog.class, immediate = true)
public final class BundleDesk implements Catalog, BundleTrackerCustomizer<List<Provision>> {

  private static final String SCOPE = "slipway";

  /** A bundle that is not resolved could not be started for its command. */
  private static final int STATES =
      Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

  /** How long a version may take to register its command, once it serves. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BundleContext context;
  private final Duration patience;
  private final Offers offers = new Offers();
  private final Map<String, ServiceRegistration<Function>> functions = new HashMap<>();
  private final BundleTracker<List<Provision>> tracker;
  private volatile ServiceAdmin services;

  /** For Declarative Services. */
  @Activate
  public BundleDesk(BundleContext context) {
    this(context, PATIENCE);
  }

  /**
   * For tests.
   *
   * @param patience how long a version may take to register its command, once it serves
   */
  BundleDesk(BundleContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
    this.tracker = new BundleTracker<>(context, STATES, this);
  }

  /** Not in the constructor, as bundles come in other threads at once. */
  @Activate
  void activate() {
    tracker.open();
  }

  @Deactivate
  void deactivate() {
    tracker.close(); // which takes all functions back
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setServices(ServiceAdmin admin) {
    services = admin;
  }

  void unsetServices(ServiceAdmin admin) {
    if (services == admin) {
      services = null;
    }
  }

  // ---- what there is -------------------------------------------------------------------------

  @Override
  public synchronized List<DeskCommand> commands() {
    return offers.owners().stream().map(this::command).toList();
  }

  @Override
  public synchronized Optional<DeskCommand> find(String name) {
    return offers.owner(name).map(this::command);
  }

  private DeskCommand command(Provision provision) {
    return new BundleCommand(context, provision, () -> services, patience);
  }

  // ---- bundles -------------------------------------------------------------------------------

  /** An update passes through a state that is not tracked, so nothing changes in between. */
  @Override
  public List<Provision> addingBundle(Bundle bundle, BundleEvent event) {
    List<Provision> brought = Provision.of(bundle);
    brought.forEach(this::add);
    return brought.isEmpty() ? null : brought;
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, List<Provision> brought) {
    // its manifest is the same
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, List<Provision> brought) {
    brought.forEach(this::remove);
  }

  private synchronized void add(Provision provision) {
    offers.add(provision);
    functions.computeIfAbsent(provision.head().name(), this::register);
  }

  private synchronized void remove(Provision provision) {
    String name = provision.head().name();
    offers.remove(provision);
    if (offers.owner(name).isEmpty()) {
      functions.remove(name).unregister();
    }
  }

  private ServiceRegistration<Function> register(String name) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(CommandProcessor.COMMAND_SCOPE, SCOPE);
    properties.put(CommandProcessor.COMMAND_FUNCTION, name);
    return context.registerService(Function.class, new GogoFunction(this, name), properties);
  }
}
