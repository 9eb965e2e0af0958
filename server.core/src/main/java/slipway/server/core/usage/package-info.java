/**
 * Holds services to the shares of the machine that they may use.
 *
 * <pre>
 *  conf/ ──▶ life: ServiceConfiguration ──Shares──▶ UsageGuard ── a Watched for each service
 *                                                    │     │        └ a Share of each thing, with
 *  slipway.profile: UsageProfiler ◀──── Measuring ◀──┘     │          its SlidingMean
 *                                                          ├──Standing──▶ libctl ps, ShareMeter
 *                                                          └──Lock──▶ life: HostServiceAdmin
 * </pre>
 *
 * <p>It knows neither what measures nor the life of services: both come to it.
 */
package slipway.server.core.usage;
