package slipway.server.core.deploy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin.Deployment;
import slipway.admin.DeployAdmin.LibraryInstallation;
import slipway.admin.DeployAdmin.Plan;
import slipway.server.core.life.Deployments;
import slipway.server.core.life.ServiceControl;

/**
 * Installs the bundles of services, each version as a bundle of its own beside those before it, and
 * uninstalls what is not needed any more. What serves is for {@link ServiceControl} to say.
 *
 * <p>Its methods belong to the deployer's thread, unless they say otherwise.
 */
final class Deployer implements Deployments {

  private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

  private final BundleContext context;
  private final ServiceControl control;
  private final ScheduledExecutorService thread;
  private final History history;
  private final Unloads unloads;
  private final Rest rest;
  private final Libraries libraries;
  private final Map<Path, Deployed> byFile = new TreeMap<>();
  private final Map<Long, Deployed> byBundle = new HashMap<>();

  /** Digests of files that have failed: they are not tried again until they change. */
  private final Map<Path, String> failed = new HashMap<>();

  /** Digests of files that were written here: what the watcher says of them comes late. */
  private final Map<Path, String> published = new HashMap<>();

  private long deployments;

  Deployer(
      BundleContext context,
      ServiceControl control,
      ScheduledExecutorService thread,
      History history,
      Unloads unloads,
      LibraryStore libraryStore,
      Rest rest) {
    this.context = context;
    this.control = control;
    this.thread = thread;
    this.history = history;
    this.unloads = unloads;
    this.rest = rest;
    this.libraries =
        new Libraries(
            context,
            control,
            thread,
            unloads,
            libraryStore,
            bundle -> Optional.ofNullable(byBundle.get(bundle.getBundleId())));
  }

  // ---- what deploys ----------------------------------------------------------------------------

  /** A file in {@code services/} is new or has changed. */
  void arrived(Path file) {
    ServiceJar jar;
    try {
      jar = ServiceJar.read(file);
    } catch (IOException unreadable) {
      broken(file, unreadable);
      return;
    }
    rest.forget(file);
    try {
      arrived(jar, file);
    } catch (IOException | AdminException refused) {
      refused(file, refused);
    }
  }

  private void arrived(ServiceJar jar, Path file) throws IOException, AdminException {
    Deployed current = byFile.get(file);
    boolean known =
        current != null && current.jar().digest().equals(jar.digest())
            || jar.digest().equals(failed.get(file))
            || jar.digest().equals(published.get(file));
    if (known) {
      return;
    }
    published.remove(file);
    if (jar.service().isPresent()) {
      ServiceJar fit = current == null ? lastFit(jar, file) : jar;
      deploy(fit, file, "file", file.getFileName().toString(), false);
    } else {
      libraries
          .install(jar, file, false)
          .whenComplete(
              (done, refused) -> {
                if (refused != null) {
                  refused(file, (Exception) refused);
                }
              });
    }
  }

  /** It may be on its way still. */
  private void broken(Path file, IOException reason) {
    try {
      if (rest.has(file)) {
        refused(file, reason);
      } else {
        LOG.debug("{} is looked at again: {}", file.getFileName(), reason.getMessage());
        thread.schedule(() -> arrived(file), Rest.MOMENT.toMillis(), MILLISECONDS);
      }
    } catch (IOException gone) {
      LOG.debug("{} is gone: {}", file.getFileName(), gone.getMessage());
    }
  }

  private void refused(Path file, Exception reason) {
    String text = String.valueOf(reason.getMessage());
    if (!text.equals(failed.put(file, text))) {
      String problem = file.getFileName() + " was not deployed: " + text;
      LOG.error(problem);
      Optional.ofNullable(byFile.get(file))
          .ifPresent(current -> control.remark(current.service(), problem));
    }
  }

  /**
   * What to deploy of a file that is seen for the first time, as after a start: its content, or,
   * where that has failed before, what served before it.
   */
  private ServiceJar lastFit(ServiceJar jar, Path file) throws IOException {
    String service = jar.service().orElseThrow();
    List<Deployment> all = history.of(service);
    Optional<Deployment> tried = last(all, one -> one.digest().equals(jar.digest()));
    Optional<Deployment> fit =
        last(all, one -> !hasFailed(one) && Files.exists(history.jar(service, one.digest())));
    if (tried.isEmpty() || !hasFailed(tried.get()) || fit.isEmpty()) {
      return jar;
    }
    failed.put(file, jar.digest());
    LOG.error(
        "{} has {}, and has not changed: version {} before it is deployed",
        file.getFileName(),
        tried.get().outcome(),
        fit.get().version());
    return kept(fit.get());
  }

  private static Optional<Deployment> last(List<Deployment> all, Predicate<Deployment> which) {
    return all.stream().filter(which).reduce((first, second) -> second);
  }

  static boolean hasFailed(Deployment deployment) {
    return deployment.outcome().startsWith("failed");
  }

  /**
   * Installs a jar as a new version of its service.
   *
   * @param target the file in {@code services/} that it is, or is to become
   * @return completed when it serves, or failed with why it was taken out
   * @throws AdminException if it was refused, and nothing was touched
   */
  CompletableFuture<Deployment> deploy(
      ServiceJar jar, Path target, String by, String source, boolean force)
      throws AdminException, IOException {
    String service = jar.service().orElseThrow();
    List<String> touched = touched(service);
    if (!touched.isEmpty() && !force) {
      throw new AdminException(
          "a new version of "
              + service
              + " would restart "
              + String.join(", ", touched)
              + "; it can be forced");
    }
    Path kept = history.keep(service, jar);
    Bundle bundle = install(service, kept);
    Deployed deployed = new Deployed(target, jar.at(kept), bundle, new CompletableFuture<>());
    byBundle.put(bundle.getBundleId(), deployed);
    record(
        service,
        new Deployment(
            service,
            jar.version().toString(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            by,
            source,
            jar.digest(),
            "installed"));
    return deployed.outcome();
  }

  private Bundle install(String service, Path kept) throws IOException, AdminException {
    String location = "slipway:" + service + "/" + ++deployments;
    try (var content = Files.newInputStream(kept)) {
      Bundle bundle = context.installBundle(location, content);
      LOG.info(
          "{}: installed {} {} as bundle {}",
          service,
          bundle.getSymbolicName(),
          bundle.getVersion(),
          bundle.getBundleId());
      return bundle;
    } catch (BundleException refused) {
      throw new AdminException("it cannot be installed: " + refused.getMessage(), refused);
    }
  }

  /** A file in {@code services/} is gone. */
  void departed(Path file) {
    failed.remove(file);
    rest.forget(file);
    libraries.departed(file);
    byFile.remove(file);
    published.remove(file);
    for (Deployed deployed : byBundle.values()) {
      if (deployed.target().equals(file)) {
        LOG.info("{}: {} is gone", deployed.service(), file.getFileName());
        control.withdraw(deployed.service(), deployed.bundle().getBundleId());
      }
    }
  }

  // ---- what becomes of it ----------------------------------------------------------------------

  @Override
  public void serves(long bundleId, CompletionStage<Void> moved) {
    thread.execute(() -> find(bundleId).ifPresent(deployed -> serves(deployed, moved)));
  }

  private void serves(Deployed deployed, CompletionStage<Void> moved) {
    byFile.put(deployed.target(), deployed);
    failed.remove(deployed.target(), deployed.jar().digest());
    Optional<Deployment> ended = outcome(deployed, "serves");
    // who has asked for it is told when open connections have it, too
    moved.thenRunAsync(
        () -> deployed.outcome().complete(ended.orElseGet(() -> unrecorded(deployed))), thread);
  }

  /** It serves, although the disk did not take it down. */
  private static Deployment unrecorded(Deployed deployed) {
    ServiceJar jar = deployed.jar();
    return new Deployment(
        deployed.service(),
        jar.version().toString(),
        Instant.now(),
        "",
        deployed.target().toString(),
        jar.digest(),
        "serves");
  }

  @Override
  public void failed(long bundleId, String reason) {
    thread.execute(() -> find(bundleId).ifPresent(deployed -> failed(deployed, reason)));
  }

  private void failed(Deployed deployed, String reason) {
    failed.put(deployed.target(), deployed.jar().digest());
    byFile.remove(deployed.target(), deployed);
    outcome(deployed, "failed: " + reason);
    deployed.outcome().completeExceptionally(new AdminException(reason));
  }

  @Override
  public void released(long bundleId) {
    thread.execute(() -> find(bundleId).ifPresent(this::uninstall));
  }

  private void uninstall(Deployed deployed) {
    Bundle bundle = deployed.bundle();
    byBundle.remove(bundle.getBundleId());
    byFile.remove(deployed.target(), deployed);
    recorded(deployed)
        .filter(last -> last.outcome().equals("serves"))
        .ifPresent(last -> outcome(deployed, "removed"));
    unloads.watch(deployed.service(), bundle, deployed.jar().file());
    try {
      bundle.uninstall();
      wiring().refreshBundles(List.of(bundle), refreshed -> unloads.forget());
      LOG.info("{}: uninstalled bundle {}", deployed.service(), bundle.getBundleId());
    } catch (BundleException | IllegalStateException left) {
      LOG.error("bundle {} cannot be uninstalled", bundle.getBundleId(), left);
    }
  }

  private Optional<Deployed> find(long bundleId) {
    return Optional.ofNullable(byBundle.get(bundleId));
  }

  // ---- the record ------------------------------------------------------------------------------

  /** The same content that served last goes on serving: a restart is no deployment. */
  private void record(String service, Deployment deployment) throws IOException {
    List<Deployment> all = new ArrayList<>(history.of(service));
    boolean same =
        deployment.by().equals("file")
            && last(all, one -> !hasFailed(one))
                .filter(one -> one.digest().equals(deployment.digest()))
                .isPresent();
    if (!same) {
      all.add(deployment);
      history.save(service, all);
    }
  }

  /** Notes how the last deployment of a content has ended, and returns it, if it is on record. */
  private Optional<Deployment> outcome(Deployed deployed, String outcome) {
    Deployment ended = null;
    try {
      List<Deployment> all = new ArrayList<>(history.of(deployed.service()));
      if (outcome.equals("serves")) {
        all.replaceAll(one -> one.outcome().equals("serves") ? with(one, "replaced") : one);
      }
      for (int index = all.size() - 1; index >= 0 && ended == null; index--) {
        if (all.get(index).digest().equals(deployed.jar().digest())) {
          ended = with(all.get(index), outcome);
          all.set(index, ended);
        }
      }
      history.save(deployed.service(), all);
    } catch (IOException failure) {
      LOG.error("{}: its history cannot be saved: {}", deployed.service(), failure.getMessage());
    }
    return Optional.ofNullable(ended);
  }

  private static Deployment with(Deployment one, String outcome) {
    return new Deployment(
        one.service(), one.version(), one.when(), one.by(), one.source(), one.digest(), outcome);
  }

  private Optional<Deployment> recorded(Deployed deployed) {
    try {
      return last(
          history.of(deployed.service()), one -> one.digest().equals(deployed.jar().digest()));
    } catch (IOException unreadable) {
      LOG.error("{}: its history cannot be read: {}", deployed.service(), unreadable.getMessage());
      return Optional.empty();
    }
  }

  List<Deployment> history(String service) throws IOException {
    return history.of(service);
  }

  // ---- plans -----------------------------------------------------------------------------------

  /**
   * Says what {@link #deploy} or {@link #install} would do.
   *
   * @param target what {@link #target} says
   */
  Plan plan(ServiceJar jar, Path target) throws AdminException {
    if (jar.service().isEmpty()) {
      refuseUseless(jar);
      return libraries.plan(jar, target);
    }
    String service = jar.service().get();
    return new Plan(
        service,
        "",
        jar.version().toString(),
        serving(service).map(now -> now.jar().version().toString()).orElse(""),
        touched(service));
  }

  /** The file that a jar is to become: that of what it replaces, or one of its own. */
  Path target(ServiceJar jar, Path file) {
    return jar.service().isPresent()
        ? serving(jar.service().get()).map(Deployed::target).orElse(file)
        : libraries.target(jar, file);
  }

  private static void refuseUseless(ServiceJar jar) throws AdminException {
    if (!jar.exports()) {
      throw new AdminException(
          jar.symbolicName()
              + " provides no service: its manifest has no capability slipway.service with a name;"
              + " and it is no library, as it exports no package");
    }
  }

  /** Installs a library; see {@link Libraries#install}. */
  CompletableFuture<LibraryInstallation> install(ServiceJar jar, Path target, boolean force)
      throws AdminException {
    refuseUseless(jar);
    return libraries
        .install(jar, target, force)
        .whenComplete(
            (done, refused) -> {
              if (refused == null) {
                failed.remove(target);
              }
            });
  }

  /** What serves, as far as it was deployed here. */
  Optional<Deployed> serving(String service) {
    return byFile.values().stream().filter(some -> some.service().equals(service)).findFirst();
  }

  /** Bundles of others that would be refreshed when the version that serves is uninstalled. */
  private List<String> touched(String service) {
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

  /** Where a jar that is kept was, so that it can be gone back to. */
  ServiceJar kept(Deployment deployment) throws IOException {
    return ServiceJar.read(history.jar(deployment.service(), deployment.digest()));
  }

  /** Makes a content the file's, so that it is what the next start finds. */
  void publish(ServiceJar jar, Path target) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    Files.copy(jar.file(), part, StandardCopyOption.REPLACE_EXISTING);
    published.put(target, jar.digest());
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
