/**
 * Measures what services use all the time, so that the host can hold them to their shares: begun by
 * the first service with a limit, and ended with the last one.
 *
 * <pre>
 *  HostUsageProfiler ──begins──▶ UsageStream ── top.TallyStream: processor time
 *                                     └──────── RetainedHeap
 * </pre>
 */
package slipway.server.profile.quota;
