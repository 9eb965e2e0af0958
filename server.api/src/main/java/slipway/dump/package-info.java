/**
 * How a bundle takes part in a dump of the live host: {@link slipway.dump.Dumpable} is what it
 * registers, {@link slipway.dump.Dump} what it writes to.
 */
@Export
@Version("1.0.0")
package slipway.dump;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
