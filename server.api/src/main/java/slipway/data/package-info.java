/**
 * The host's database, for services that keep something.
 *
 * <p>A bundle asks the {@link slipway.data.Database} for a {@link slipway.data.Schema} of its own,
 * and ships the scripts that make and migrate its tables. All access goes through the schema: off
 * the event loops, in a transaction, and only while the database is there and its tables are up to
 * date.
 */
@Export
@Version("1.2.0")
package slipway.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
