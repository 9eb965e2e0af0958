package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin.LibraryInstallation;
import slipway.admin.DeployAdmin.Plan;
import slipway.admin.Ending;
import slipway.server.core.deploy.NotDeployed.Retry;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.unload.Unloads;

/**
 * Bundles in {@code services/} that provide no service: what services share. Installs them, one
 * after the other, and uninstalls those that nobody uses. One that is in use is replaced by force
 * only, as its users have to be stopped for that, which is up to {@link LibrarySwap}.
 *
 * <p>Belongs to the deployer's thread.
 */
final class Libraries implements SharedBundles {

  private static final Logger LOG = LoggerFactory.getLogger(Libraries.class);

  private final BundleContext context;
  private final ServiceControl control;
  private final Executor thread;
  private final Unloads unloads;
  private final Wiring wiring;
  private final SharedLibraries libraries;
  private final LibrarySwap swap;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private long installations;

  Libraries(
      BundleContext context,
      ServiceControl control,
      Executor thread,
      Unloads unloads,
      Wiring wiring,
      SharedLibraries libraries,
      LibrarySwap swap) {
    this.context = context;
    this.control = control;
    this.thread = thread;
    this.unloads = unloads;
    this.wiring = wiring;
    this.libraries = libraries;
    this.swap = swap;
  }

  // ---- for their files -------------------------------------------------------------------------

  @Override
  public Optional<Path> file(String digest) {
    return libraries.file(digest);
  }

  @Override
  public void renamed(Path file, Path name) {
    if (libraries.rename(file, name)) {
      LOG.info("{} is {} now", file.getFileName(), name.getFileName());
    }
  }

  @Override
  public void restore(Collection<Path> damaged) {
    for (Path file : damaged) {
      try {
        Optional<ServiceJar> kept = libraries.lost(file);
        if (kept.isPresent()) {
          add(kept.get(), file);
          LOG.warn(
              "{}: library {}, which was there before, is used until it can be read",
              file.getFileName(),
              kept.get().shown());
        }
      } catch (IOException | BundleException lost) {
        LOG.error(
            "{}: the library that was there before cannot be had: {}",
            file.getFileName(),
            Trouble.of(lost));
      }
    }
    libraries.complete();
  }

  @Override
  public void offer(ServiceJar jar, Path file, BiConsumer<ServiceJar, NotDeployed> told) {
    install(jar, file, false)
        .whenCompleteAsync(
            (done, failed) -> told.accept(jar, failed == null ? null : refusal(failed)), thread);
  }

  private static NotDeployed refusal(Throwable failed) {
    Throwable cause = Trouble.cause(failed);
    return new NotDeployed(
        cause.getMessage(), Trouble.isShortage(cause) ? Retry.SOON : Retry.ON_CHANGE, cause);
  }

  @Override
  public Optional<String> departed(Path file) {
    Optional<Library> present = libraries.of(file);
    if (present.isEmpty()) {
      return Optional.empty();
    }
    if (!last.isDone()) { // its users may be between two libraries
      return Optional.of("it was removed, and stays until another library is installed");
    }
    List<String> users = libraries.names(libraries.users(present.get()));
    if (!users.isEmpty()) {
      return Optional.of(kept(String.join(", ", users), users.size() == 1));
    }
    Bundle bundle = present.get().bundle();
    try {
      if (bundle.getState() != Bundle.UNINSTALLED) { // else somebody else has done it
        unloads.watch(present.get().jar().symbolicName(), bundle);
        bundle.uninstall();
        wiring.refresh(bundle, unloads.refresh());
      }
      libraries.remove(file);
      return Optional.empty();
    } catch (BundleException left) {
      throw new IllegalStateException(
          "bundle " + bundle.getBundleId() + " cannot be uninstalled: " + Trouble.of(left), left);
    }
  }

  private static String kept(String users, boolean one) {
    return "it was removed, but "
        + users
        + (one ? " uses" : " use")
        + " it; it stays until the restart: put it back, or remove "
        + users;
  }

  // ---- for operators ---------------------------------------------------------------------------

  /** The file that a library is to become: that of the one it replaces, or one of its own name. */
  Path target(ServiceJar jar, Path file) {
    return libraries.of(file).isPresent() ? file : libraries.named(jar.symbolicName()).orElse(file);
  }

  /** What operators are told before a library is installed. */
  Plan plan(ServiceJar jar, Path target) {
    Optional<Library> present = libraries.of(target);
    return new Plan(
        "",
        jar.symbolicName(),
        jar.version().toString(),
        present.map(Library::version).orElse(""),
        present
            .filter(some -> !some.has(jar.digest()))
            .map(some -> libraries.names(libraries.users(some)))
            .orElse(List.of()));
  }

  /** The services that are stopped for a library now. May be called from any thread. */
  List<String> suspended() {
    return swap.suspended();
  }

  // ---- installing ------------------------------------------------------------------------------

  /**
   * Installs a library, or replaces the one that its file was. One after the other.
   *
   * @return completed when the services that use it have been resumed; failed with an {@link
   *     AdminException} if it was refused or has failed
   */
  CompletableFuture<LibraryInstallation> install(ServiceJar jar, Path target, boolean force) {
    CompletableFuture<LibraryInstallation> next =
        last.isDone()
            ? begin(jar, target, force)
            : last.handle((before, failed) -> null)
                .thenComposeAsync(before -> begin(jar, target, force), thread);
    last = next;
    return next;
  }

  private CompletableFuture<LibraryInstallation> begin(ServiceJar jar, Path target, boolean force) {
    try {
      ServiceJar kept = libraries.keep(jar);
      Optional<Library> present = libraries.of(target);
      return present.isPresent()
          ? replace(present.get(), kept, target, force)
          : CompletableFuture.completedFuture(add(kept, target));
    } catch (NotDeployed refused) {
      libraries.save();
      return CompletableFuture.failedFuture(refused.forOperators());
    } catch (AdminException refused) {
      libraries.save();
      return CompletableFuture.failedFuture(refused);
    } catch (IOException | BundleException failed) {
      libraries.save();
      return CompletableFuture.failedFuture(
          new AdminException("it cannot be installed: " + Trouble.of(failed), failed));
    }
  }

  private LibraryInstallation add(ServiceJar kept, Path target)
      throws BundleException, IOException {
    try (InputStream content = Files.newInputStream(kept.file())) {
      Bundle bundle = context.installBundle(Locations.library(++installations), content);
      libraries.put(target, new Library(bundle, kept));
      control.packagesChanged();
      LOG.info(
          "{}: installed {} {} as bundle {}",
          target.getFileName(),
          bundle.getSymbolicName(),
          bundle.getVersion(),
          bundle.getBundleId());
      return done("", kept, List.of(), new Ending(0, 0));
    }
  }

  private CompletableFuture<LibraryInstallation> replace(
      Library old, ServiceJar kept, Path target, boolean force) throws AdminException, NotDeployed {
    if (old.has(kept.digest())) {
      return CompletableFuture.completedFuture(
          done(old.version(), kept, List.of(), new Ending(0, 0)));
    }
    List<Bundle> users = libraries.users(old);
    if (!users.isEmpty() && !force) {
      throw inUse(old, users, "; to force it: libctl install --force");
    }
    List<Bundle> outsiders = libraries.outsiders(users);
    if (!outsiders.isEmpty()) {
      throw inUse(
          old,
          outsiders,
          ", which came from elsewhere; it can be replaced while the host does not run");
    }
    if (!users.isEmpty()) {
      libraries.secure(old, target);
    }
    List<String> stopped = libraries.services(users);
    return swap.replace(old, kept, users, () -> replaced(old, kept, target, stopped))
        .whenComplete((done, failed) -> libraries.save())
        .thenApply(done -> done(old.version(), kept, done.restarted(), done.connections()));
  }

  private void replaced(Library old, ServiceJar jar, Path target, List<String> stopped) {
    libraries.put(target, old.with(jar));
    LOG.info(
        "{}: bundle {} is {} {} now, was {}; restarted: {}",
        target.getFileName(),
        old.bundle().getBundleId(),
        jar.symbolicName(),
        jar.version(),
        old.version(),
        stopped);
  }

  private static LibraryInstallation done(
      String replaced, ServiceJar jar, List<String> restarted, Ending connections) {
    return new LibraryInstallation(
        jar.symbolicName(), jar.version().toString(), replaced, restarted, connections);
  }

  private static AdminException inUse(Library library, List<Bundle> users, String advice) {
    return new AdminException(
        "bundle "
            + library.bundle().getBundleId()
            + " stays, as replacing it would restart "
            + users.stream().map(Bundle::getSymbolicName).collect(Collectors.joining(", "))
            + advice);
  }
}
