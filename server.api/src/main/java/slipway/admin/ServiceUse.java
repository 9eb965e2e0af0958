package slipway.admin;

import org.osgi.annotation.versioning.ProviderType;
import slipway.service.Lease;

/** A lease of a service that a tool holds, while it uses something that the same bundle brings. */
@ProviderType
public interface ServiceUse extends Lease {

  /** Id of the bundle that it is a lease of: that of the version that serves. */
  long bundleId();
}
