/**
 * How a bundle contributes figures to the metrics of the host. A bundle registers a {@link
 * slipway.meter.Meter}; it is asked at each scrape, and is gone with its version.
 *
 * <pre>
 *  bundles ──Meter.read──▶ Readings ──▶ one scrape ──▶ OpenMetrics, Prometheus text
 *     │                       ▲
 *     │  what it counts       │ Metric     name, kind, help and labels of one family
 *     └─ anyway, Histogram ───┘ Distribution
 * </pre>
 *
 * Nothing here knows a monitoring system: which formats there are is the matter of the bundle that
 * asks.
 */
@Export
@Version("1.0.0")
package slipway.meter;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
