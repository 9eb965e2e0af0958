package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.deploy.NotDeployed.Retry;
import slipway.server.core.life.Deployments;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.unload.Unloads;

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
  private final Planner planner;
  private final Wiring wiring;
  private final Installed installed;

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
      Planner planner,
      Wiring wiring,
      Installed installed) {
    this.context = context;
    this.control = control;
    this.thread = thread;
    this.history = history;
    this.unloads = unloads;
    this.planner = planner;
    this.wiring = wiring;
    this.installed = installed;
  }

  /** Says who is told what becomes of versions; to be called before any is deployed. */
  void tell(Fates listener) {
    fates = listener;
  }

  // ---- deploying -------------------------------------------------------------------------------

  @Override
  public Deployed deploy(ServiceJar jar, Path target, String by, String source, boolean force)
      throws NotDeployed {
    planner.check(jar);
    String service = jar.service().orElseThrow();
    try {
      planner.checkTouched(service, force);
    } catch (NotDeployed refused) {
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
      installed.put(deployed);
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
      if (!service.equals(Planner.provided(bundle))) { // nobody would ever find it
        bundle.uninstall();
        throw NotDeployed.refused(
            "the framework does not find the service "
                + service
                + " in its manifest; does it have Bundle-ManifestVersion: 2?");
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
    List<Deployed> leaving =
        installed.of(file).stream().filter(some -> services.test(some.service())).toList();
    leaving.forEach(this::endServing); // all of them first, so that it can be run again
    leaving.forEach(some -> control.withdraw(some.service(), some.bundle().getBundleId()));
  }

  private void endServing(Deployed leaving) {
    Outcome outcome = leaving.entry().outcome();
    if (installed.endServing(leaving) || outcome == Outcome.INSTALLED) {
      LOG.info("{} is taken away", leaving.jar().shown());
      conclude(leaving, outcome.gone(), "");
    }
  }

  @Override
  public void renamed(Path file, Path name) {
    installed.replace(
        file,
        deployed ->
            deployed
                .in(name)
                .with(history.renamed(deployed.entry(), name.getFileName().toString())));
  }

  // ---- what becomes of it ----------------------------------------------------------------------

  @Override
  public void serves(long bundleId, CompletionStage<Void> moved) {
    thread.execute(() -> installed.find(bundleId).ifPresent(deployed -> serves(deployed, moved)));
  }

  private void serves(Deployed deployed, CompletionStage<Void> moved) {
    if (deployed.entry().outcome().isGone()) {
      return; // it was taken away while that was on its way
    }
    installed.serves(deployed);
    Entry entry = conclude(deployed, Outcome.SERVES, "");
    fates.serves(deployed);
    overtaken(deployed);
    // who has asked for it is told when open connections have it, too
    moved.thenRunAsync(() -> deployed.outcome().complete(entry), thread);
  }

  /** Notes what has become of a version, on record and in what is installed. */
  private Entry conclude(Deployed deployed, Outcome outcome, String reason) {
    Entry entry = history.conclude(deployed.entry(), outcome, reason);
    installed.put(deployed.with(entry));
    return entry;
  }

  /** Who has asked for a version that a newer one has come before is told now. */
  private void overtaken(Deployed by) {
    installed.before(by).stream()
        .filter(some -> some.entry().outcome() == Outcome.INSTALLED)
        .forEach(
            some -> {
              conclude(some, Outcome.OVERTAKEN, "");
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
    thread.execute(() -> installed.find(bundleId).ifPresent(deployed -> failed(deployed, reason)));
  }

  @Override
  public void alone(long bundleId, String reason) {
    thread.execute(() -> installed.find(bundleId).ifPresent(deployed -> alone(deployed, reason)));
  }

  private void alone(Deployed deployed, String reason) {
    if (deployed.entry().outcome().isGone()) {
      LOG.debug("{} was taken away while it failed", deployed.jar().shown());
    } else if (fates.follow(deployed, failure(deployed, reason))) {
      failed(deployed, reason);
    } else if (deployed.entry().outcome().hasServed()) {
      installed.serves(deployed); // on record it does: what becomes of its file is noted there
      fates.stays(deployed);
    } else if (deployed.entry().by().equals("file")) {
      installed.serves(deployed);
      conclude(deployed, Outcome.FAILED, reason);
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
    installed.endServing(deployed);
    conclude(deployed, Outcome.FAILED, reason);
    NotDeployed failure = failure(deployed, reason);
    fates.failed(deployed, failure);
    deployed.outcome().completeExceptionally(failure);
  }

  @Override
  public void released(long bundleId) {
    thread.execute(() -> installed.find(bundleId).ifPresent(this::uninstall));
  }

  private void uninstall(Deployed deployed) {
    Bundle bundle = deployed.bundle();
    if (deployed.entry().outcome() == Outcome.INSTALLED) {
      conclude(deployed, Outcome.WITHDRAWN, "");
    }
    installed.remove(deployed);
    deployed
        .outcome()
        .completeExceptionally(NotDeployed.refused("it was taken away before it served"));
    unloads.watch(deployed.service(), bundle);
    try {
      bundle.uninstall();
      wiring.refresh(bundle, unloads.refresh());
      LOG.info("{}: uninstalled bundle {}", deployed.service(), bundle.getBundleId());
    } catch (BundleException | IllegalStateException left) {
      LOG.error("bundle {} cannot be uninstalled", bundle.getBundleId(), left);
    }
  }

  // ---- what there is ---------------------------------------------------------------------------

  @Override
  public Optional<Deployed> serving(String service) {
    return installed.serving(service);
  }

  @Override
  public Optional<Deployed> serving(Path file) {
    return installed.serving(file);
  }
}
