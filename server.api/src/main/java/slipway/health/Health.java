package slipway.health;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes the {@link HealthCheck checks} of all bundles. The host registers it as an OSGi service.
 * May be used from any thread that may wait.
 */
@ProviderType
public interface Health {

  /** How the host is. Takes no longer than a check may take, however many there are. */
  HealthReport report(Probe probe);
}
