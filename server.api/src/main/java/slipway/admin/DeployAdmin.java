package slipway.admin;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Versions of services: deployed side by side, and taken back. Methods may be called from any
 * thread and wait until what they do has been done.
 */
@ProviderType
public interface DeployAdmin {

  /**
   * Says what a deploy would do, and does nothing.
   *
   * @param jar the jar of a service bundle, or of a library: a bundle that provides packages
   * @return what would happen
   * @throws AdminException if the jar cannot be read, provides neither, or is a service that could
   *     not be resolved now, with what is missing
   */
  Plan plan(URI jar) throws AdminException;

  /**
   * Puts a jar into {@code services/} and deploys it: a version of a service beside the one that
   * serves, a library in place of the one with its symbolic name.
   *
   * <p>A version of a service is started before it counts as serving, even if no client uses it,
   * unless the service is locked or its configuration forbids that. One that fails is taken out.
   *
   * <p>A library that is in use is replaced only by force: the services that use it stop, their
   * connections have {@code drain.timeout}, and clients that ask for them wait; then the services
   * return to their states, with the new library. If one of them does not resolve with it, the old
   * library comes back.
   *
   * @param jar the service bundle's or the library's jar: a file, or anything that a URL reaches
   * @param force whether to deploy it even if others have to be restarted
   * @return how it ended
   * @throws AdminException if it was refused or has failed; what served before still serves
   * @throws InterruptedException if interrupted while waiting; the deploy continues
   */
  default Installation install(URI jar, boolean force) throws AdminException, InterruptedException {
    return install(jar, force, what -> {});
  }

  /**
   * The same as {@link #install(URI, boolean)}, and meanwhile reports what it waits for.
   *
   * @param awaited told in the caller's thread each time that changes, in words that follow "waits
   *     for"; must not be null
   * @throws AdminException also if it takes longer than what it waits for may take; the deploy then
   *     continues, and the file is written when the version serves
   */
  Installation install(URI jar, boolean force, Consumer<String> awaited)
      throws AdminException, InterruptedException;

  /**
   * Returns to the version before the one that serves, side by side as with any deploy.
   *
   * @param service the service's name
   * @return how it ended
   * @throws AdminException if there is no version before, or it does not start; the version that
   *     serves stays
   * @throws InterruptedException if interrupted while waiting; the rollback continues
   */
  default Deployment rollback(String service) throws AdminException, InterruptedException {
    return rollback(service, what -> {});
  }

  /**
   * The same as {@link #rollback(String)}, and meanwhile reports what it waits for.
   *
   * @param awaited told in the caller's thread each time that changes, in words that follow "waits
   *     for"; must not be null
   * @throws AdminException also if it takes longer than what it waits for may take; it then
   *     continues
   */
  Deployment rollback(String service, Consumer<String> awaited)
      throws AdminException, InterruptedException;

  /**
   * What was deployed for a service, the newest first, including deploys before the last restart.
   *
   * @throws AdminException if nothing was ever deployed for this name
   */
  List<Deployment> history(String service) throws AdminException;

  /** The files in {@code services/} that are not deployed, and why; empty if all are well. */
  List<Refused> refused();

  /**
   * Versions that are gone, but whose classes are still in memory, after garbage was collected.
   * Empty in a healthy host.
   */
  List<Leak> leaks();

  /**
   * What a deploy would do.
   *
   * @param service the service that the jar provides; empty if it is a library
   * @param library the library's symbolic name; empty if it is a service
   * @param version the jar's version
   * @param replaces the version that is there now; empty if there is none
   * @param runs what the version that serves runs beside its connections, in a few words, such as
   *     worlds: the new one would go on with that; empty if it is nothing
   * @param touched what would be restarted or refreshed: for a service other bundles, for a library
   *     the services that use it, and the symbolic names of other libraries; empty in a safe deploy
   */
  record Plan(
      String service,
      String library,
      String version,
      String replaces,
      String runs,
      List<String> touched) {

    /** If there is nothing that the new version would go on with. */
    public Plan(
        String service, String library, String version, String replaces, List<String> touched) {
      this(service, library, version, replaces, "", touched);
    }
  }

  /** What was installed. */
  sealed interface Installation permits Deployment, LibraryInstallation {
    /** The version of its bundle. */
    String version();
  }

  /**
   * A library that was installed.
   *
   * @param library its symbolic name
   * @param version its bundle's version
   * @param replaced the version that was there before; empty if there was none
   * @param restarted the services that were stopped for it, and are in their states again
   * @param connections what became of the connections of these services
   */
  record LibraryInstallation(
      String library, String version, String replaced, List<String> restarted, Ending connections)
      implements Installation {}

  /**
   * A version that was deployed.
   *
   * @param service its service
   * @param version its bundle's version
   * @param when when it was deployed
   * @param by what deployed it: {@code file}, {@code install} or {@code rollback}
   * @param source the file or URL it came from
   * @param digest SHA-256 of its content, in hexadecimal digits
   * @param outcome how it ended: {@code serves}, {@code replaced}, {@code removed}, {@code removed
   *     before it served}, {@code overtaken} by a newer one before it served, or {@code failed: …};
   *     {@code installed} while that is not known yet
   * @param tookOver what it goes on with beside connections, and how long that took, in one line;
   *     empty if it is nothing, and in a history
   */
  record Deployment(
      String service,
      String version,
      Instant when,
      String by,
      String source,
      String digest,
      String outcome,
      String tookOver)
      implements Installation {

    /** Without anything that it goes on with. */
    public Deployment(
        String service,
        String version,
        Instant when,
        String by,
        String source,
        String digest,
        String outcome) {
      this(service, version, when, by, source, digest, outcome, "");
    }

    /** The same, and what it goes on with. */
    public Deployment tookOver(String text) {
      return new Deployment(service, version, when, by, source, digest, outcome, text);
    }
  }

  /**
   * A file in {@code services/} that is not deployed. What served before serves, if anything did.
   *
   * @param file its name
   * @param service the service that it provides; empty if it provides none, or none that is known
   * @param reason why, in one line
   */
  record Refused(String file, String service, String reason) {}

  /**
   * A version that is gone and still in memory.
   *
   * @param service its service
   * @param version its bundle's version
   * @param bundleId the id that its bundle had
   * @param gone when it went
   * @param holders what was found to hold it, such as threads that run its code; empty if nothing
   *     was
   * @param bounded whether nothing was found to hold it but static memory of libraries that holds
   *     no other version of its service, such as the first one: that takes no more with each swap
   */
  record Leak(
      String service,
      String version,
      long bundleId,
      Instant gone,
      List<String> holders,
      boolean bounded) {}
}
