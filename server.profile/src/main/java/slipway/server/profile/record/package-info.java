/**
 * Recordings of the JVM that leave files.
 *
 * <pre>
 *  profile flame  ─▸ Flames ──── records, selects samples by version, draws ─▸ var/dump/….html
 *  profile record ─▸ LastMinutes ── one recording of JFR, limited in age and size ─▸ DumpAdmin
 *  slipway.profile ─────▴
 * </pre>
 *
 * <p>{@code NewFile} makes the graphs' files. No recording outlives the bundle.
 */
package slipway.server.profile.record;
