/**
 * The users of the host's services: their names, passwords, roles and bans. One set for all
 * services.
 */
@Export
@Version("2.0.0")
package slipway.account;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
