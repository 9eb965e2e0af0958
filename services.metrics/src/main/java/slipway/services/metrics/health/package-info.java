/**
 * The probes of supervisors, answered by {@link slipway.health.Health}: {@code /startupz}, {@code
 * /readyz} and {@code /livez}.
 */
package slipway.services.metrics.health;
