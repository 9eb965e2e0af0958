package slipway.health;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of the host that knows whether it works. Registered as an OSGi service by the bundle that
 * has the part; it is gone with its bundle, so that a version that has stopped fails no probe.
 */
@ConsumerType
public interface HealthCheck {

  /** What is checked, as operators call it: one to three words in lower case, {@code acceptors}. */
  String name();

  /**
   * The probes that fail if this does. What a restart of the host does not mend, such as a database
   * that is away, is no part of {@link Probe#LIVENESS}: else all hosts would restart at once.
   *
   * @return always the same
   */
  Set<Probe> probes();

  /**
   * Looks. Called by a thread that may wait, by one at a time, and only if somebody asks; its
   * answer holds for a second. If it throws, or takes longer than two seconds, it has failed, and
   * its thread is interrupted.
   *
   * @throws Exception if it cannot be found out; the message is the reason
   */
  Finding check() throws Exception;
}
