/**
 * How a bundle takes part in a dump of the live host: {@link slipway.dump.Dumpable} is what it
 * registers, {@link slipway.dump.Dump} what it writes to. What it has for the archive of {@code
 * dump all} it adds by an {@link slipway.dump.Attachable} to {@link slipway.dump.Attachments},
 * without secrets, for which there is {@link slipway.dump.Secrets}.
 */
@Export
@Version("1.1.0")
package slipway.dump;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
