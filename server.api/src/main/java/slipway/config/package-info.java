/**
 * Configurations as the host's bundles read, check and save them.
 *
 * <p>A configuration is refused whole when a value is wrong: {@link slipway.config.Settings} reads
 * values and says what is allowed, a {@link slipway.config.ConfigurationCheck} lets the host refuse
 * a file before it takes effect, and a {@link slipway.config.ConfigurationStore} saves what
 * commands change.
 */
@Export
@Version("1.3.0")
package slipway.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
