package slipway.admin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The host as a whole. Methods may be called from any thread. Connections by acceptors for
 * operators do not count in any of them.
 */
@ProviderType
public interface HostAdmin {

  /**
   * What is configured but does not work now, one line each: files in {@code conf/} and {@code
   * services/} that are refused, acceptors that are not bound, FIXED services that do not run,
   * LOADED ones that cannot be resolved. Empty if all is well.
   */
  List<String> problems();

  /**
   * Stops accepting, waits until all connections have ended, and accepts again.
   *
   * @param timeout how long to wait; empty for as long as it takes
   * @return how many connections were still open at the end; 0 unless the timeout passed
   * @throws InterruptedException if interrupted; then, too, the host accepts again
   */
  int awaitConnections(Optional<Duration> timeout) throws InterruptedException;

  /**
   * Stops accepting, waits until all connections have ended or the timeout has passed, and exits.
   *
   * @param timeout how long to wait; empty for as long as it takes
   * @return how the connections ended
   * @throws InterruptedException if interrupted while waiting; the host does not exit then, and
   *     accepts again
   */
  Ending shutdown(Optional<Duration> timeout) throws InterruptedException;

  /** Exits now: returns at once, while the host closes what is open. */
  void exit();
}
