package slipway.admin;

import java.net.URI;
import java.time.Instant;
import java.util.List;
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
   * @param jar the service bundle's jar
   * @return what would happen
   * @throws AdminException if the jar cannot be read or provides no service
   */
  Plan plan(URI jar) throws AdminException;

  /**
   * Puts a jar into {@code services/} and deploys it beside the version that serves.
   *
   * @param jar the service bundle's jar: a file, or anything that a URL reaches
   * @param force whether to deploy it although other bundles would be restarted
   * @return how it ended
   * @throws AdminException if it was refused or has failed; the old version serves as before
   * @throws InterruptedException if interrupted while waiting; the deploy goes on
   */
  Deployment install(URI jar, boolean force) throws AdminException, InterruptedException;

  /**
   * Goes back to the version before the one that serves, side by side as with any deploy.
   *
   * @param service the service's name
   * @return how it ended
   * @throws AdminException if there is no version before, or it does not start; the version that
   *     serves goes on
   * @throws InterruptedException if interrupted while waiting; the rollback goes on
   */
  Deployment rollback(String service) throws AdminException, InterruptedException;

  /**
   * What was deployed for a service, the newest first; also before the last restart.
   *
   * @throws AdminException if nothing was ever deployed for this name
   */
  List<Deployment> history(String service) throws AdminException;

  /**
   * Versions that are gone, but whose classes are still in memory, after garbage was collected.
   * Empty in a healthy host.
   */
  List<Leak> leaks();

  /**
   * What a deploy would do.
   *
   * @param service the service that the jar provides
   * @param version the jar's version
   * @param replaces the version that serves now; empty if there is none
   * @param touched other bundles that would be restarted or refreshed; empty in a safe deploy
   */
  record Plan(String service, String version, String replaces, List<String> touched) {}

  /**
   * A version that was deployed.
   *
   * @param service its service
   * @param version its bundle's version
   * @param when when it was deployed
   * @param by what deployed it: {@code file}, {@code install} or {@code rollback}
   * @param source the file or URL it came from
   * @param digest SHA-256 of its content, in hexadecimal digits
   * @param outcome how it ended: {@code serves}, {@code replaced}, {@code removed}, or {@code
   *     failed: …}
   */
  record Deployment(
      String service,
      String version,
      Instant when,
      String by,
      String source,
      String digest,
      String outcome) {}

  /**
   * A version that is gone and still in memory.
   *
   * @param service its service
   * @param version its bundle's version
   * @param bundleId the id that its bundle had
   * @param gone when it went
   * @param holders what was found to hold it, such as threads that run its code; empty if nothing
   *     was
   */
  record Leak(String service, String version, long bundleId, Instant gone, List<String> holders) {}
}
