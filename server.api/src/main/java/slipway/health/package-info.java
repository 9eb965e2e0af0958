/**
 * Whether the host is fit to work, for supervisors of all kinds. A bundle registers {@link
 * slipway.health.HealthCheck checks} of its parts; {@link slipway.health.Health} makes them and
 * sums them up for each {@link slipway.health.Probe}.
 *
 * <pre>
 *  bundles ──HealthCheck──▶ Health ──HealthReport──▶ HTTP, bin/slipway health, systemd
 * </pre>
 */
@Export
@Version("1.0.0")
package slipway.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
