package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.deploy.NotDeployed.Retry;
import slipway.server.core.life.Deployments;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.life.ShippedLibraries;
import slipway.server.core.life.Unresolved;
import slipway.server.core.unload.Unloads;
import slipway.service.Service;

/**
 * Installs the bundles of services, each version as a bundle of its own beside those before it,
 * uninstalls what is not needed any more, and keeps the record. What serves is for {@link
 * ServiceControl} to say.
 *
 * <p>Its methods belong to the deployer's thread, unless they say otherwise.
 */
final class Deployer implements Deployments, Versions {

  private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

  private final BundleContext context;
  private final ServiceControl control;
  private final Executor thread;
  private final History history;
  private final Unloads unloads;
  private final ShippedLibraries shipped;
  private final Map<Long, Deployed> byBundle = new TreeMap<>();

  /** What serves, by service. */
  private final Map<String, Long> serving = new TreeMap<>();

  /** Where a version is being installed that has not served before; for the thread that does it. */
  private volatile String fresh = "";

  private Fates fates;
  private long deployments;

  Deployer(
      BundleContext context,
      ServiceControl control,
      Executor thread,
      History history,
      Unloads unloads,
      ShippedLibraries shipped) {
    this.context = context;
    this.control = control;
    this.thread = thread;
    this.history = history;
    this.unloads = unloads;
    this.shipped = shipped;
  }

  /** Says who is told what becomes of versions; to be called before any is deployed. */
  void tell(Fates listener) {
    fates = listener;
  }

  // ---- deploying -------------------------------------------------------------------------------

  /**
   * Refuses a jar that would not be deployed whatever its content does.
   *
   * @throws NotDeployed with the reason
   */
  void check(ServiceJar jar) throws NotDeployed {
    if (jar.service().isEmpty()) {
      if (!jar.exports()) {
        throw NotDeployed.refused(
            jar.symbolicName()
                + " provides no service: its manifest has no capability slipway.service with a"
                + " name; and it is no library, as it exports no package");
      }
      return;
    }
    String service = jar.service().get();
    for (Bundle bundle : context.getBundles()) {
      if (!Locations.isOurs(bundle) && service.equals(provided(bundle))) {
        throw NotDeployed.refused(
            "the service "
                + service
                + " is the host's own, of bundle "
                + bundle.getBundleId()
                + " "
                + bundle.getSymbolicName()
                + "; a bundle in services/ has to give its service another name");
      }
    }
  }

  /**
   * Refuses a jar that would not be resolved among the bundles that are there now.
   *
   * @throws NotDeployed with what is missing
   */
  void checkResolvable(ServiceJar jar) throws NotDeployed {
    Optional<String> unresolved;
    try {
      Resource requires = JarRequirements.of(jar.file());
      unresolved = new Unresolved(wiring()).of(requires);
      if (unresolved.isPresent() && shipped.install()) {
        unresolved = new Unresolved(wiring()).of(requires);
      }
    } catch (BundleException | IOException unreadable) {
      throw NotDeployed.refused("it cannot be installed: " + Trouble.of(unreadable));
    }
    if (unresolved.isPresent()) {
      throw NotDeployed.refused(jar.shown() + " would be taken out: " + unresolved.get());
    }
  }

  /** As the framework reads it: null for a bundle that provides no service. */
  private static String provided(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null
        ? null
        : revision.getDeclaredCapabilities(Service.NAMESPACE).stream()
            .map(capability -> String.valueOf(capability.getAttributes().get("name")))
            .findFirst()
            .orElse(null);
  }

  @Override
  public Deployed deploy(ServiceJar jar, Path target, String by, String source, boolean force)
      throws NotDeployed {
    check(jar);
    String service = jar.service().orElseThrow();
    List<String> touched = touched(service);
    if (!touched.isEmpty() && !force) {
      NotDeployed refused =
          NotDeployed.refused(
              "a new version of "
                  + service
                  + " would restart "
                  + String.join(", ", touched)
                  + "; it can be forced, by libctl install --force");
      note(jar, target, by, source, refused);
      throw refused;
    }
    Entry entry;
    ServiceJar kept;
    try {
      kept = history.keep(service, jar);
      entry = history.begin(jar, by, source, target.getFileName().toString());
    } catch (IOException failed) {
      throw NotDeployed.unkept(failed);
    }
    try {
      Bundle bundle = install(service, kept);
      Deployed deployed = new Deployed(target, kept, bundle, entry, new CompletableFuture<>());
      byBundle.put(bundle.getBundleId(), deployed);
      return deployed;
    } catch (NotDeployed refused) {
      history.conclude(entry, Outcome.FAILED, refused.getMessage());
      throw refused;
    }
  }

  /** A start has to know that a file was refused; an operator knows it. */
  private void note(ServiceJar jar, Path target, String by, String source, NotDeployed refused) {
    if (!by.equals("file")) {
      return;
    }
    try {
      Entry entry = history.begin(jar, by, source, target.getFileName().toString());
      if (entry.outcome() == Outcome.INSTALLED) {
        history.conclude(entry, Outcome.FAILED, refused.getMessage());
      }
    } catch (IOException unwritten) {
      LOG.error("{}: its history cannot be saved: {}", jar.shown(), Trouble.of(unwritten));
    }
  }

  private Bundle install(String service, ServiceJar kept) throws NotDeployed {
    String location = Locations.service(service, ++deployments);
    fresh = fates.isRunning() ? location : "";
    try (InputStream content = Files.newInputStream(kept.file())) {
      Bundle bundle = context.installBundle(location, content);
      if (!service.equals(provided(bundle))) { // nobody would ever find it
        bundle.uninstall();
        throw NotDeployed.refused(
            "the framework does not find the service "
                + service
                + " in its manifest; has it Bundle-ManifestVersion: 2?");
      }
      LOG.info(
          "{}: installed {} {} as bundle {}",
          service,
          bundle.getSymbolicName(),
          bundle.getVersion(),
          bundle.getBundleId());
      return bundle;
    } catch (BundleException | IOException refused) {
      throw new NotDeployed(
          "it cannot be installed: " + Trouble.of(refused),
          refused instanceof IOException || Trouble.isShortage(refused)
              ? Retry.SOON
              : Retry.ON_CHANGE,
          refused);
    }
  }

  @Override
  public void withdraw(Path file, Predicate<String> services) {
    for (Deployed deployed : List.copyOf(byBundle.values())) {
      if (deployed.target().equals(file) && services.test(deployed.service())) {
        if (serving.remove(deployed.service(), deployed.bundle().getBundleId())) {
          LOG.info("{} {} is taken away", deployed.service(), deployed.jar().version());
          history.conclude(deployed.entry(), Outcome.REMOVED, "");
        }
        control.withdraw(deployed.service(), deployed.bundle().getBundleId());
      }
    }
  }

  @Override
  public void renamed(Path file, Path name) {
    byBundle.replaceAll(
        (id, deployed) ->
            deployed.target().equals(file)
                ? deployed
                    .in(name)
                    .with(history.renamed(deployed.entry(), name.getFileName().toString()))
                : deployed);
  }

  // ---- what becomes of it ----------------------------------------------------------------------

  @Override
  public void serves(long bundleId, CompletionStage<Void> moved) {
    thread.execute(() -> find(bundleId).ifPresent(deployed -> serves(deployed, moved)));
  }

  private void serves(Deployed deployed, CompletionStage<Void> moved) {
    serving.put(deployed.service(), deployed.bundle().getBundleId());
    Entry entry = history.conclude(deployed.entry(), Outcome.SERVES, "");
    byBundle.put(deployed.bundle().getBundleId(), deployed.with(entry));
    fates.serves(deployed);
    overtaken(deployed);
    // who has asked for it is told when open connections have it, too
    moved.thenRunAsync(() -> deployed.outcome().complete(entry), thread);
  }

  /** Who has asked for a version that a newer one has come before is told now. */
  private void overtaken(Deployed by) {
    byBundle.values().stream()
        .filter(some -> some.service().equals(by.service()))
        .filter(some -> some.bundle().getBundleId() < by.bundle().getBundleId())
        .filter(some -> some.entry().outcome() == Outcome.INSTALLED)
        .forEach(
            some -> {
              fates.overtaken(some);
              some.outcome()
                  .completeExceptionally(
                      NotDeployed.refused("another version was deployed after it"));
            });
  }

  @Override
  public boolean isNew(String location) {
    return location.equals(fresh);
  }

  @Override
  public void failed(long bundleId, String reason) {
    thread.execute(() -> find(bundleId).ifPresent(deployed -> failed(deployed, reason)));
  }

  @Override
  public void alone(long bundleId, String reason) {
    thread.execute(() -> find(bundleId).ifPresent(deployed -> alone(deployed, reason)));
  }

  private void alone(Deployed deployed, String reason) {
    if (fates.follow(deployed, failure(deployed, reason))) {
      failed(deployed, reason);
    } else if (deployed.entry().outcome() != Outcome.INSTALLED) {
      LOG.debug("{} has served, and stays", deployed.jar().shown());
    } else if (deployed.entry().by().equals("file")) {
      serving.put(deployed.service(), deployed.bundle().getBundleId());
      history.conclude(deployed.entry(), Outcome.FAILED, reason);
      fates.stays(deployed);
    } else {
      failed(deployed, reason);
      control.withdraw(deployed.service(), deployed.bundle().getBundleId());
    }
  }

  private static NotDeployed failure(Deployed deployed, String reason) {
    Retry retry =
        deployed.bundle().getState() == Bundle.INSTALLED
            ? Retry.ON_PACKAGES
            : Trouble.isShortage(reason) ? Retry.SOON : Retry.ON_CHANGE;
    return new NotDeployed(reason, retry);
  }

  private void failed(Deployed deployed, String reason) {
    serving.remove(deployed.service(), deployed.bundle().getBundleId());
    history.conclude(deployed.entry(), Outcome.FAILED, reason);
    NotDeployed failure = failure(deployed, reason);
    fates.failed(deployed, failure);
    deployed.outcome().completeExceptionally(failure);
  }

  @Override
  public void released(long bundleId) {
    thread.execute(() -> find(bundleId).ifPresent(this::uninstall));
  }

  private void uninstall(Deployed deployed) {
    Bundle bundle = deployed.bundle();
    byBundle.remove(bundle.getBundleId());
    serving.remove(deployed.service(), bundle.getBundleId());
    deployed
        .outcome()
        .completeExceptionally(NotDeployed.refused("it was taken away before it served"));
    unloads.watch(deployed.service(), bundle);
    try {
      bundle.uninstall();
      wiring().refreshBundles(List.of(bundle), unloads.refresh());
      LOG.info("{}: uninstalled bundle {}", deployed.service(), bundle.getBundleId());
    } catch (BundleException | IllegalStateException left) {
      LOG.error("bundle {} cannot be uninstalled", bundle.getBundleId(), left);
    }
  }

  // ---- what there is ---------------------------------------------------------------------------

  private Optional<Deployed> find(long bundleId) {
    return Optional.ofNullable(byBundle.get(bundleId));
  }

  /** The service that a bundle is, if it was deployed. */
  Optional<Deployed> find(Bundle bundle) {
    return find(bundle.getBundleId());
  }

  @Override
  public Optional<Deployed> serving(String service) {
    Long bundle = serving.get(service);
    return bundle == null ? Optional.empty() : find(bundle.longValue());
  }

  @Override
  public Optional<Deployed> serving(Path file) {
    return serving.values().stream()
        .map(byBundle::get)
        .filter(deployed -> deployed != null && deployed.target().equals(file))
        .findFirst();
  }

  /** Bundles of others that would be refreshed when the versions of a service are uninstalled. */
  List<String> touched(String service) {
    List<Bundle> own =
        byBundle.values().stream()
            .filter(deployed -> deployed.service().equals(service))
            .map(Deployed::bundle)
            .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
            .toList();
    return Libraries.dependents(wiring(), own).stream().map(Bundle::getSymbolicName).toList();
  }

  private FrameworkWiring wiring() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }
}
