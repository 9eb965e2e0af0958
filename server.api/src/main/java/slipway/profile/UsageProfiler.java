package slipway.profile;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Measures what the code of services uses. The bundle that can measure registers it; what holds
 * services to their shares asks for it while at least one of them has a limit. Nothing is measured
 * while no run is open.
 *
 * <p>May be used from any thread. Several runs may be open at a time.
 */
@ProviderType
public interface UsageProfiler {

  /**
   * Begins to measure. May take a second, the first time.
   *
   * @param heap whether what is retained is measured as well, which costs more
   * @return to be closed
   * @throws IllegalStateException if nothing can be measured, with the reason
   */
  UsageRun begin(boolean heap);
}
