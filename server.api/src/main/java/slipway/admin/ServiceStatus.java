package slipway.admin;

/**
 * A service as it is at one moment.
 *
 * @param name its name
 * @param refCount how many connections and other leases use it
 * @param state its state
 * @param version version of the bundle that provides it; empty if none does
 * @param bundleId id of that bundle; -1 if there is none
 * @param bundleState state of that bundle in the framework's words ({@code ACTIVE}, {@code
 *     RESOLVED} …); empty if there is none
 * @param reason why it does not run although it should, or what else an operator should know; empty
 *     if all is well
 */
public record ServiceStatus(
    String name,
    int refCount,
    ServiceState state,
    String version,
    long bundleId,
    String bundleState,
    String reason) {

  /** The same with something else that an operator should know; empty for nothing. */
  public ServiceStatus also(String remark) {
    return remark.isEmpty()
        ? this
        : new ServiceStatus(
            name,
            refCount,
            state,
            version,
            bundleId,
            bundleState,
            reason.isEmpty() ? remark : reason + "; " + remark);
  }
}
