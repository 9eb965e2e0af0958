/**
 * How what services use is measured while the host runs, in two ways that have nothing to do with
 * each other:
 *
 * <ul>
 *   <li>A service has the time of its work measured: {@link slipway.profile.Sections} gives named
 *       {@link slipway.profile.Section sections}, which an operator turns on and off.
 *   <li>The host measures what the code of services uses: {@link slipway.profile.UsageProfiler}
 *       begins a {@link slipway.profile.UsageRun}, which tells a {@link slipway.profile.Usage}.
 * </ul>
 */
@Export
@Version("1.0.0")
package slipway.profile;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
