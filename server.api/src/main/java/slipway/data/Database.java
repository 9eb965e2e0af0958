package slipway.data;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The host's database. It may be away for a while: it is tried again until it is back, and the host
 * keeps running without it. Methods may be called from any thread.
 */
@ProviderType
public interface Database {

  /**
   * The tables of one bundle, made and migrated from its scripts before their first use: now, or as
   * soon as the database is there.
   *
   * <p>Scripts are resources {@code schema/NAME/V1__what.sql}, {@code V2__…} and so on, in the SQL
   * that H2, in its MariaDB mode, and MariaDB share; a statement ends with a semicolon at the end
   * of a line. A script that has been applied is never changed. Tables are named {@code NAME_…}, so
   * that schemas do not meet; {@code NAME_migrations} remembers what has been applied. Migrations
   * in the database that the scripts do not have, as after a rollback of the bundle, are left
   * alone.
   *
   * <p>A script that fails leaves the schema away, until the bundle asks for it again, the database
   * is configured again, or the database was away and comes back. MariaDB commits each statement
   * that makes or changes a table, so a script that fails there may have been applied in part.
   *
   * @param name the schema's name: up to 30 lower case letters and digits, a letter first
   * @param scripts loads the scripts; they are read now, and it is not kept
   * @return the schema, to be closed when the bundle stops
   * @throws IllegalArgumentException if the name is none, or there is no script
   * @throws java.io.UncheckedIOException if the scripts cannot be read
   */
  Schema schema(String name, ClassLoader scripts);

  /** The database's URL without user, password and parameters, to show to operators. */
  String url();

  /** Why the database cannot be used now, one line; empty while it can, or has not been tried. */
  Optional<String> away();
}
