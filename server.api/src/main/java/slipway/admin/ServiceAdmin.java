package slipway.admin;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The services of the host and their states. Methods may be called from any thread. */
@ProviderType
public interface ServiceAdmin {

  /** The service through which operators reach the host. It is FIXED and stays so. */
  String ADMIN = "admin";

  /** The factory PID of what is configured for services, each under its name. */
  String PID = "slipway.service";

  /**
   * All services that a bundle provides or that have a state, ordered by name. If several versions
   * of one have users, the one that new connections go to comes first.
   */
  List<ServiceStatus> services();

  /**
   * The files in {@code conf/} that are refused now, except those of acceptors; ordered by file.
   */
  List<RefusedFile> refusedConfigurations();

  /**
   * Gives a service a state, saves it, and waits until the service's bundle has followed.
   *
   * <p>LOADED and FIXED start the service; LOCKED closes its connections and stops it; WAITLOCKED
   * returns at once if users remain. LOCKED and WAITLOCKED may be given to a name that no bundle
   * provides yet.
   *
   * @param name the service's name, also in the form {@code ./Services/NAME.dll}
   * @param state the state
   * @return the service as it is then
   * @throws AdminException if the name or the state is refused, if the state cannot be saved, or if
   *     the bundle does not start or stop; in the last case the state is kept
   * @throws InterruptedException if interrupted while waiting; the change continues
   */
  ServiceStatus setState(String name, ServiceState state)
      throws AdminException, InterruptedException;

  /**
   * Locks a service once its users have left: WAITLOCKED until the last one has ended, or until the
   * timeout, when those that are left are closed; then LOCKED.
   *
   * @param name the service's name
   * @param timeout how long its users may stay
   * @return how its connections ended
   * @throws AdminException as {@link #setState} does
   * @throws InterruptedException if interrupted while waiting; the service stays WAITLOCKED then
   */
  Ending lockWithin(String name, Duration timeout) throws AdminException, InterruptedException;

  /**
   * Takes a lease of the version that serves, as a connection does: a service that is LOADED is
   * started, and stays while the lease is open.
   *
   * @param name the service's name
   * @param leave called once, in any thread, when the version has to stop; the lease then has to be
   *     closed soon. Must not block
   * @return the lease; to be closed
   * @throws AdminException if the service is not available, with the reason
   * @throws InterruptedException if interrupted while waiting for the start
   */
  ServiceUse use(String name, Runnable leave) throws AdminException, InterruptedException;
}
