package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin.LibraryInstallation;
import slipway.admin.DeployAdmin.Plan;
import slipway.admin.Ending;
import slipway.server.core.deploy.NotDeployed.Retry;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.life.ShippedLibraries;
import slipway.server.core.unload.Unloads;

/**
 * Bundles in {@code services/} that provide no service: what services share. One that is in use is
 * replaced by force only, as its users have to be stopped for that. Belongs to the deployer's
 * thread.
 *
 * <pre>
 *  users suspended ─▶ updated ─▶ refreshed ─▶ users resolve ─▶ users resumed
 *                                                  │ not              ▲
 *                                                  ▼                  │
 *                                        old content back ─▶ refreshed
 * </pre>
 */
final class Libraries implements SharedBundles {

  private static final Logger LOG = LoggerFactory.getLogger(Libraries.class);

  private final BundleContext context;
  private final ServiceControl control;
  private final Executor thread;
  private final Unloads unloads;
  private final LibraryStore store;
  private final ShippedLibraries shipped;
  private final Wiring wiring;
  private final Function<Bundle, Optional<Deployed>> services;
  private final Map<Path, Library> libraries = new TreeMap<>();
  private volatile List<String> suspended = List.of();
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private long installations;
  private boolean restored;

  /** A library whose bundle is installed; its jar is the copy that is kept. */
  private record Library(Bundle bundle, ServiceJar jar) {
    String version() {
      return jar.version().toString();
    }
  }

  /**
   * Makes the libraries, of which there are none yet.
   *
   * @param services finds the service that a bundle is, if it was deployed
   */
  Libraries(
      BundleContext context,
      ServiceControl control,
      Executor thread,
      Unloads unloads,
      LibraryStore store,
      ShippedLibraries shipped,
      Wiring wiring,
      Function<Bundle, Optional<Deployed>> services) {
    this.context = context;
    this.control = control;
    this.thread = thread;
    this.unloads = unloads;
    this.store = store;
    this.shipped = shipped;
    this.wiring = wiring;
    this.services = services;
  }

  @Override
  public Optional<Path> file(String digest) {
    return libraries.entrySet().stream()
        .filter(some -> some.getValue().jar().digest().equals(digest))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public void renamed(Path file, Path name) {
    Library library = libraries.remove(file);
    if (library != null) {
      LOG.info("{} is {} now", file.getFileName(), name.getFileName());
      libraries.put(name, library);
      prune();
    }
  }

  @Override
  public void restore(Collection<Path> damaged) {
    for (Path file : damaged) {
      try {
        Optional<ServiceJar> kept =
            store
                .kept(file)
                .filter(jar -> file(jar.digest()).isEmpty()); // it may have been renamed
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
    restored = true;
    prune();
  }

  @Override
  public void offer(ServiceJar jar, Path file, BiConsumer<ServiceJar, NotDeployed> told) {
    install(jar, file, false)
        .whenCompleteAsync(
            (done, failed) -> told.accept(jar, failed == null ? null : refusal(failed)), thread);
  }

  private static NotDeployed refusal(Throwable failed) {
    Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
    return new NotDeployed(
        cause.getMessage(), Trouble.isShortage(cause) ? Retry.SOON : Retry.ON_CHANGE, cause);
  }

  /** The file that a library is to become: that of the one it replaces, or one of its own name. */
  Path target(ServiceJar jar, Path file) {
    if (libraries.containsKey(file)) {
      return file;
    }
    return libraries.entrySet().stream()
        .filter(some -> some.getValue().jar().symbolicName().equals(jar.symbolicName()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(file);
  }

  Plan plan(ServiceJar jar, Path target) {
    Optional<Library> present = Optional.ofNullable(libraries.get(target));
    boolean same = present.filter(some -> some.jar().digest().equals(jar.digest())).isPresent();
    return new Plan(
        "",
        jar.symbolicName(),
        jar.version().toString(),
        present.map(Library::version).orElse(""),
        present.isEmpty() || same ? List.of() : names(users(present.get())));
  }

  /**
   * Installs a library, or replaces the one that its file was. One after the other.
   *
   * @return completed on this thread when the services that use it have been resumed; failed with
   *     an {@link AdminException} if it was refused or has failed
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

  /** The services that are stopped for a library now. May be called from any thread. */
  List<String> suspended() {
    return suspended;
  }

  private CompletableFuture<LibraryInstallation> begin(ServiceJar jar, Path target, boolean force) {
    try {
      ServiceJar kept = keep(jar);
      Library present = libraries.get(target);
      if (present == null) {
        return CompletableFuture.completedFuture(add(kept, target));
      }
      if (present.jar().digest().equals(kept.digest())) {
        return CompletableFuture.completedFuture(done(present, kept, List.of(), new Ending(0, 0)));
      }
      List<Bundle> users = users(present);
      if (!users.isEmpty() && !force) {
        throw inUse(present, users, "; it can be forced, by libctl install --force");
      }
      refuseOutsiders(present, users);
      return replace(present, kept, target, users);
    } catch (IOException | BundleException | AdminException refused) {
      prune();
      return CompletableFuture.failedFuture(
          refused instanceof AdminException
              ? refused
              : new AdminException("it cannot be installed: " + Trouble.of(refused), refused));
    }
  }

  private ServiceJar keep(ServiceJar jar) throws AdminException {
    try {
      return store.keep(jar);
    } catch (IOException failed) {
      throw NotDeployed.unkept(failed).forOperators();
    }
  }

  private LibraryInstallation add(ServiceJar kept, Path target)
      throws BundleException, IOException {
    try (InputStream content = Files.newInputStream(kept.file())) {
      Bundle bundle = context.installBundle(Locations.library(++installations), content);
      Library added = new Library(bundle, kept);
      libraries.put(target, added);
      prune();
      control.packagesChanged();
      LOG.info(
          "{}: installed {} {} as bundle {}",
          target.getFileName(),
          bundle.getSymbolicName(),
          bundle.getVersion(),
          bundle.getBundleId());
      return new LibraryInstallation(
          kept.symbolicName(), added.version(), "", List.of(), new Ending(0, 0));
    }
  }

  private static LibraryInstallation done(
      Library replaced, ServiceJar jar, List<String> restarted, Ending connections) {
    return new LibraryInstallation(
        jar.symbolicName(), jar.version().toString(), replaced.version(), restarted, connections);
  }

  private static AdminException inUse(Library library, List<Bundle> users, String advice) {
    return new AdminException(
        "bundle "
            + library.bundle().getBundleId()
            + " stays, as replacing it would restart "
            + users.stream().map(Bundle::getSymbolicName).collect(Collectors.joining(", "))
            + advice);
  }

  /** The host itself cannot be stopped for a while. */
  private void refuseOutsiders(Library library, List<Bundle> users) throws AdminException {
    List<Bundle> outsiders =
        users.stream()
            .filter(user -> services.apply(user).isEmpty())
            .filter(user -> libraries.values().stream().noneMatch(some -> some.bundle() == user))
            .toList();
    if (!outsiders.isEmpty()) {
      throw inUse(
          library,
          outsiders,
          ", which came from elsewhere; it can be replaced while the host does not run");
    }
  }

  // ---- replacing -------------------------------------------------------------------------------

  private CompletableFuture<LibraryInstallation> replace(
      Library old, ServiceJar jar, Path target, List<Bundle> users) {
    List<String> stopped =
        users.stream()
            .map(services)
            .flatMap(Optional::stream)
            .map(Deployed::service)
            .distinct()
            .sorted()
            .toList();
    suspended = stopped;
    return control
        .suspend(stopped)
        .thenComposeAsync(
            ending ->
                exchange(old, jar, users)
                    .thenApply(
                        exchanged -> {
                          libraries.put(target, new Library(old.bundle(), jar));
                          LOG.info(
                              "{}: bundle {} is {} {} now, was {}; restarted: {}",
                              target.getFileName(),
                              old.bundle().getBundleId(),
                              jar.symbolicName(),
                              jar.version(),
                              old.version(),
                              stopped);
                          return done(old, jar, stopped, ending);
                        }),
            thread)
        .whenComplete(
            (done, failed) -> {
              suspended = List.of();
              control.resume(stopped);
              control.packagesChanged();
              prune();
            })
        .exceptionallyCompose(failed -> CompletableFuture.failedFuture(refusal(old, failed)));
  }

  private static AdminException refusal(Library old, Throwable failed) {
    Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
    return new AdminException(
        old.jar().symbolicName() + " " + old.version() + " stays: " + cause.getMessage(), cause);
  }

  /** Nobody runs who uses it. Completed on this thread. */
  private CompletableFuture<Void> exchange(Library old, ServiceJar jar, List<Bundle> users) {
    unloads.watch(old.jar().symbolicName(), old.bundle());
    for (Bundle user : users) {
      services.apply(user).ifPresent(deployed -> unloads.watch(deployed.service(), user));
    }
    return update(old.bundle(), jar)
        .thenCompose(
            updated -> {
              List<Bundle> left = present(users);
              if (shipped.resolve(left)) {
                return CompletableFuture.completedFuture(null);
              }
              String reason =
                  jar.version() + " does not do for " + String.join(", ", names(unresolved(left)));
              return update(old.bundle(), old.jar())
                  .thenCompose(back -> CompletableFuture.failedFuture(new AdminException(reason)));
            });
  }

  private CompletableFuture<Void> update(Bundle bundle, ServiceJar jar) {
    CompletableFuture<Void> refreshed = new CompletableFuture<>();
    try (InputStream content = Files.newInputStream(jar.file())) {
      bundle.update(content);
      wiring.refresh(
          bundle,
          event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
              unloads.forget();
              thread.execute(() -> refreshed.complete(null));
            }
          });
    } catch (IOException | BundleException refused) {
      refreshed.completeExceptionally(refused);
    }
    return refreshed;
  }

  private static List<Bundle> present(List<Bundle> users) {
    return users.stream().filter(user -> user.getState() != Bundle.UNINSTALLED).toList();
  }

  private static List<Bundle> unresolved(List<Bundle> users) {
    return users.stream().filter(user -> user.getState() == Bundle.INSTALLED).toList();
  }

  // ---- taking away -----------------------------------------------------------------------------

  @Override
  public Optional<String> departed(Path file) {
    Library present = libraries.get(file);
    if (present == null) {
      return Optional.empty();
    }
    if (!last.isDone()) { // its users may be between two libraries
      return Optional.of("it was removed, and stays until another library is installed");
    }
    List<String> users = names(users(present));
    if (!users.isEmpty()) {
      return Optional.of(kept(String.join(", ", users), users.size() == 1));
    }
    try {
      unloads.watch(present.jar().symbolicName(), present.bundle());
      present.bundle().uninstall();
      wiring.refresh(present.bundle(), unloads.refresh());
      libraries.remove(file);
      prune();
      return Optional.empty();
    } catch (BundleException left) {
      return Optional.of("it was removed, but cannot be uninstalled: " + Trouble.of(left));
    }
  }

  private static String kept(String users, boolean one) {
    return "it was removed, but "
        + users
        + (one ? " uses" : " use")
        + " it; it stays until the restart: put it back, or remove "
        + users;
  }

  /** Not before the start has had what is kept of the time before it. */
  private void prune() {
    if (restored) {
      Map<Path, String> digests = new TreeMap<>();
      libraries.forEach((file, library) -> digests.put(file, library.jar().digest()));
      store.retain(digests);
    }
  }

  // ---- who uses whom ---------------------------------------------------------------------------

  private List<Bundle> users(Library library) {
    return wiring.dependents(List.of(library.bundle()));
  }

  /** As operators know them. */
  private List<String> names(List<Bundle> bundles) {
    TreeSet<String> names = new TreeSet<>();
    for (Bundle bundle : bundles) {
      names.add(services.apply(bundle).map(Deployed::service).orElseGet(bundle::getSymbolicName));
    }
    return new ArrayList<>(names);
  }
}
