/**
 * What an acceptor uses: the host's event loops, and the dispatcher that takes charge of what is
 * accepted.
 */
@Export
@Version("1.3.0")
package slipway.net;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
