package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin.Deployment;
import slipway.admin.DeployAdmin.LibraryInstallation;

/**
 * Deploys a jar and then gives its file its name, so that a start finds what serves. It comes to
 * its end also if nobody waits for it any more. Belongs to the deployer's thread.
 */
final class Delivery {

  private final ServiceFolder folder;
  private final ServiceJar jar;
  private final Publication publication;
  private final Path target;

  /**
   * Makes one that has not begun.
   *
   * @param publication the jar beside its file; closed in the end
   */
  Delivery(ServiceFolder folder, ServiceJar jar, Publication publication, Path target) {
    this.folder = folder;
    this.jar = jar;
    this.publication = publication;
    this.target = target;
  }

  // ---- services --------------------------------------------------------------------------------

  /** A version on its way: its bundle, and how it ends. */
  record Version(long bundle, CompletableFuture<Deployment> end) {}

  /**
   * Begins to deploy a version of a service.
   *
   * @throws NotDeployed if it was refused; nothing has changed then
   */
  Version deploy(String by, String source, boolean force) throws NotDeployed {
    Optional<Deployed> before = folder.deployer().serving(jar.service().orElseThrow());
    Deployed deployed;
    try {
      deployed = folder.deployer().deploy(jar, target, by, source, force);
    } catch (NotDeployed | RuntimeException refused) {
      publication.close();
      throw refused;
    }
    return new Version(
        deployed.bundle().getBundleId(),
        deployed
            .outcome()
            .handle(
                (entry, failed) ->
                    failed == null ? publish(entry, before) : takenOut(failed, before))
            .thenCompose(end -> end)
            .whenComplete((done, failed) -> publication.close()));
  }

  private CompletableFuture<Deployment> takenOut(Throwable failed, Optional<Deployed> before) {
    AdminException reason = ServiceFolder.refusal(failed);
    String serves =
        folder
            .deployer()
            .serving(jar.service().orElseThrow())
            .map(
                now ->
                    isSame(now, before)
                        ? "the version before serves"
                        : now.jar().shown() + " serves")
            .orElse("nothing serves in its place");
    return CompletableFuture.failedFuture(
        new AdminException(
            jar.shown() + " was taken out, and " + serves + ": " + reason.getMessage(), reason));
  }

  private static boolean isSame(Deployed one, Optional<Deployed> other) {
    return other.filter(some -> some.bundle().equals(one.bundle())).isPresent();
  }

  private CompletableFuture<Deployment> publish(Entry entry, Optional<Deployed> before) {
    try {
      commit();
      return CompletableFuture.completedFuture(entry.shown());
    } catch (IOException failed) {
      return takeBack(before)
          .thenCompose(
              back ->
                  CompletableFuture.failedFuture(
                      new AdminException(
                          Publication.refusal(target, failed) + "; " + back, failed)));
    }
  }

  /** What serves is to be what a start would find; completed with what that is, in words. */
  private CompletableFuture<String> takeBack(Optional<Deployed> before) {
    if (before.isEmpty()) {
      folder.deployer().withdraw(target, any -> true);
      return CompletableFuture.completedFuture("it is taken away");
    }
    Deployed old = before.get();
    try {
      return folder
          .deployer()
          .deploy(old.jar(), target, "rollback", old.entry().source(), true)
          .outcome()
          .handle(
              (entry, failed) ->
                  failed == null
                      ? old.jar().shown() + " serves again"
                      : stays(old, ServiceFolder.refusal(failed)));
    } catch (NotDeployed refused) {
      return CompletableFuture.completedFuture(stays(old, refused));
    }
  }

  private String stays(Deployed old, Exception refused) {
    return jar.shown()
        + " serves until the host ends, as "
        + old.jar().shown()
        + " does not: "
        + refused.getMessage();
  }

  // ---- libraries -------------------------------------------------------------------------------

  /** Begins to install a library. */
  CompletableFuture<LibraryInstallation> install(boolean force) {
    return folder
        .libraries()
        .install(jar, target, force)
        .thenApply(this::publish)
        .whenComplete((done, failed) -> publication.close());
  }

  private LibraryInstallation publish(LibraryInstallation done) {
    try {
      commit();
      return done;
    } catch (IOException failed) {
      throw new CompletionException(
          new AdminException(
              Publication.refusal(target, failed)
                  + "; "
                  + jar.shown()
                  + " is installed until the host ends",
              failed));
    }
  }

  private void commit() throws IOException {
    publication.commit();
    folder.shelf().published(target, jar);
  }
}
