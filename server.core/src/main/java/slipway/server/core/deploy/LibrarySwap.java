package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import slipway.admin.AdminException;
import slipway.admin.Ending;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.life.ShippedLibraries;
import slipway.server.core.unload.Unloads;

/**
 * Replaces the content of a library that is installed, while the services that use it are stopped.
 *
 * <pre>
 *  users suspended ─▶ updated ─▶ refreshed ─▶ users resolve ─▶ users resumed
 *                                                  │ not              ▲
 *                                                  ▼                  │
 *                                        old content back ─▶ refreshed
 * </pre>
 *
 * <p>Begins in the deployer's thread, and comes back to it after each step; services are suspended
 * and resumed in the control thread, and the framework refreshes in its own.
 */
final class LibrarySwap {

  private final ServiceControl control;
  private final Executor thread;
  private final Unloads unloads;
  private final ShippedLibraries shipped;
  private final Wiring wiring;
  private final SharedLibraries libraries;
  private volatile List<String> suspended = List.of();

  LibrarySwap(
      ServiceControl control,
      Executor thread,
      Unloads unloads,
      ShippedLibraries shipped,
      Wiring wiring,
      SharedLibraries libraries) {
    this.control = control;
    this.thread = thread;
    this.unloads = unloads;
    this.shipped = shipped;
    this.wiring = wiring;
    this.libraries = libraries;
  }

  /**
   * What was replaced.
   *
   * @param restarted the services that were stopped for it
   * @param connections what became of their connections
   */
  record Done(List<String> restarted, Ending connections) {}

  /** The services that are stopped now. May be called from any thread. */
  List<String> suspended() {
    return suspended;
  }

  /**
   * Replaces a library; one at a time. Completed on the deployer's thread, however it ends.
   *
   * @param users the bundles that use it, services and other libraries
   * @param replaced run on the deployer's thread when the new content is there, before the services
   *     are resumed
   * @return completed when the services are resumed; failed with an {@link AdminException} if the
   *     old content stays
   */
  CompletableFuture<Done> replace(
      Library old, ServiceJar jar, List<Bundle> users, Runnable replaced) {
    List<String> stopped = libraries.services(users);
    suspended = stopped;
    return control
        .suspend(stopped)
        .handleAsync(
            (ending, failed) ->
                failed == null
                    ? exchange(old, jar, users)
                        .thenRun(replaced)
                        .thenApply(nothing -> new Done(stopped, ending))
                    : CompletableFuture.<Done>failedFuture(failed),
            thread)
        .thenCompose(done -> done)
        .whenComplete(
            (done, failed) -> {
              suspended = List.of();
              control.resume(stopped);
              control.packagesChanged();
            })
        .exceptionallyCompose(failed -> CompletableFuture.failedFuture(refusal(old, failed)));
  }

  private static AdminException refusal(Library old, Throwable failed) {
    Throwable cause = Trouble.cause(failed);
    return new AdminException(
        old.jar().symbolicName() + " " + old.version() + " stays: " + cause.getMessage(), cause);
  }

  /** No user runs. Completed on the deployer's thread. */
  private CompletableFuture<Void> exchange(Library old, ServiceJar jar, List<Bundle> users) {
    unloads.watch(old.jar().symbolicName(), old.bundle());
    for (Bundle user : users) {
      libraries.service(user).ifPresent(service -> unloads.watch(service, user));
    }
    return update(old.bundle(), jar)
        .thenCompose(
            updated -> {
              List<Bundle> left = present(users);
              if (shipped.resolve(left)) {
                return CompletableFuture.completedFuture(null);
              }
              String reason =
                  jar.version()
                      + " does not work for "
                      + String.join(", ", libraries.names(unresolved(left)));
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
}
