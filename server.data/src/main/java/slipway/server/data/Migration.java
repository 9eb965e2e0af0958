package slipway.server.data;

import io.ebean.migration.MigrationConfig;
import io.ebean.migration.MigrationContext;
import io.ebean.migration.MigrationException;
import io.ebean.migration.MigrationResource;
import io.ebean.migration.MigrationRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the scripts of a schema that have not been applied yet. */
final class Migration {

  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  /** No database that the library knows, as its locks for those are not used. */
  private static final String PLATFORM = "shared";

  private final DataSource source;
  private final DataSettings settings;

  /**
   * Makes it.
   *
   * @param source gives connections that are patient enough for a migration
   */
  Migration(DataSource source, DataSettings settings) {
    this.source = source;
    this.settings = settings;
  }

  /**
   * Applies them, in the caller's thread.
   *
   * @return versions of migrations in the database that the scripts do not have
   * @throws SQLException if the database fails, or a script does
   * @throws IOException if the scripts cannot be unpacked
   */
  Collection<String> run(Scripts scripts) throws SQLException, IOException {
    return settings
        .url()
        .product()
        .alone(
            source,
            scripts.name(),
            settings.migrationTimeout(),
            connection -> migrate(connection, scripts));
  }

  private static Collection<String> migrate(Connection connection, Scripts scripts)
      throws SQLException, IOException {
    apply(connection, scripts);
    return newer(connection, scripts);
  }

  private static void apply(Connection connection, Scripts scripts)
      throws SQLException, IOException {
    Path folder = Files.createTempDirectory("slipway-" + scripts.name());
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    try {
      // where the library looks for its own resources
      thread.setContextClassLoader(Migration.class.getClassLoader());
      connection.setAutoCommit(false);
      for (String script : pending(connection, scripts, folder)) {
        LOG.info("schema {}: applying {}", scripts.name(), script);
        try {
          scripts.copyTo(folder, script);
          runner(scripts, folder).run(context(connection));
        } catch (MigrationException failed) {
          SQLException cause = sqlException(failed, folder);
          throw new SQLException(
              script + ": " + cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
        }
      }
      connection.commit();
      connection.setAutoCommit(true);
    } finally {
      thread.setContextClassLoader(context);
      delete(folder);
    }
  }

  /**
   * The scripts that are to be applied, in their order. The folder has the others then; each is
   * added and run by itself, so that a failure has a name.
   */
  private static List<String> pending(Connection connection, Scripts scripts, Path folder)
      throws SQLException, IOException {
    for (String script : scripts.texts().keySet()) {
      scripts.copyTo(folder, script);
    }
    List<String> pending = new ArrayList<>();
    try {
      for (MigrationResource script : runner(scripts, folder).checkState(context(connection))) {
        Path file = Path.of(script.location());
        Files.delete(file);
        pending.add(file.getFileName().toString());
      }
    } catch (MigrationException failed) {
      throw sqlException(failed, folder);
    }
    return pending;
  }

  private static MigrationRunner runner(Scripts scripts, Path folder) {
    MigrationConfig config = new MigrationConfig();
    config.setMigrationPath("filesystem:" + folder);
    config.setMigrationInitPath("filesystem:" + folder.resolve("none"));
    config.setMetaTable(scripts.history());
    config.setEarlyChecksumMode(true);
    config.setPlatform(PLATFORM);
    return new MigrationRunner(config);
  }

  private static MigrationContext context(Connection connection) {
    return new MigrationContext() {
      @Override
      public Connection connection() {
        return connection;
      }

      @Override
      public String migrationPath() {
        return "";
      }

      @Override
      public String platform() {
        return PLATFORM;
      }

      @Override
      public String basePlatform() {
        return PLATFORM;
      }
    };
  }

  private static SQLException sqlException(MigrationException failed, Path folder) {
    return Failures.sqlCauses(failed)
        .findFirst()
        .orElseGet(
            () -> {
              Throwable below = failed.getCause() == null ? failed : failed.getCause();
              return new SQLException(
                  String.valueOf(below.getMessage()).replace(folder + "/", ""), failed);
            });
  }

  private static Collection<String> newer(Connection connection, Scripts scripts)
      throws SQLException {
    Collection<String> unknown = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet applied =
            statement.executeQuery(
                "SELECT mversion FROM " + scripts.history() + " WHERE id > 0 ORDER BY id")) {
      while (applied.next()) {
        unknown.add(applied.getString(1));
      }
    }
    unknown.removeAll(scripts.versions());
    return unknown;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
