/**
 * The service {@code metrics}: what monitoring systems and supervisors ask over HTTP.
 *
 * <pre>
 *  http ──▶ ScrapePage ──▶ scrape ◀──Meter── all bundles, and jvm
 *    └────▶ health ──▶ slipway.health.Health
 * </pre>
 */
package slipway.services.metrics;
