/**
 * How services have the time of their work measured while the host runs: {@link
 * slipway.profile.Sections} gives named {@link slipway.profile.Section sections}, which an operator
 * turns on and off.
 */
@Export
@Version("1.0.0")
package slipway.profile;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
