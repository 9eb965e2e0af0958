package slipway.data;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The host's database. It may be away for a while: it is tried again until it is back, and the host
 * lives on without it. Methods may be called from any thread.
 */
@ProviderType
public interface Database {

  /**
   * The tables of one bundle, made and migrated from its scripts before their first use: now, or as
   * soon as the database is there.
   *
   * <p>Scripts are resources {@code schema/NAME/V1__what.sql}, {@code V2__…} and so on, in the SQL
   * that H2 and MariaDB share. A script that has been applied is never changed. Tables are named
   * {@code NAME_…}, so that schemas do not meet.
   *
   * @param name the schema's name: lower case letters and digits
   * @param scripts loads the scripts; not kept once the schema is closed
   * @return the schema, to be closed when the bundle stops
   * @throws IllegalArgumentException if there is no script
   */
  Schema schema(String name, ClassLoader scripts);

  /** The database's URL without user, password and parameters, to show to operators. */
  String url();

  /** Why the database cannot be used now, one line; empty while it can. */
  Optional<String> away();
}
