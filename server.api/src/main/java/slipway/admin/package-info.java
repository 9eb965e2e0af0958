/**
 * What a tool calls: the host's services, acceptors and connections as they are, and the operations
 * on them. Commands of every surface are thin layers over this package.
 */
@Export
@Version("2.1.0")
package slipway.admin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
