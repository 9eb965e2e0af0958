/**
 * Makes the checks that bundles bring, and sums them up.
 *
 * <pre>
 *  bundles ──HealthCheck──▶ HostHealth ──▶ Checkup for each ──▶ Look: one thread, one answer
 *                              ▲   sums them up       the last answer, for a second
 *                              │
 *        HTTP, systemd, HealthCommand
 * </pre>
 */
package slipway.server.health;
