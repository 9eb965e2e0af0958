/**
 * What an acceptor uses: the host's event loops, and the dispatcher that takes charge of what is
 * accepted; and what stands at the door with it: the stages that bytes pass before they reach the
 * host.
 */
@Export
@Version("2.1.0")
package slipway.net;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
