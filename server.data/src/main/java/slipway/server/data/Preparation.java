package slipway.server.data;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables of schemas up to date, and tells them what came of it. Only the {@link
 * Keeper}'s thread calls it.
 */
final class Preparation {

  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  private final Migration migration;
  private final Failures failures;
  private final Refusals refusals;

  Preparation(Migration migration, Failures failures, Refusals refusals) {
    this.migration = migration;
    this.failures = failures;
    this.refusals = refusals;
  }

  /**
   * Applies the scripts of a schema that are missing. Blocks. If one fails the tables are refused
   * for good; if the database refuses them they are left for another try.
   *
   * @param stretch where
   * @throws SQLException if the database is gone; the tables are as they were
   */
  void prepare(Tables tables, Stretch stretch) throws SQLException {
    try {
      tables.warnOfNewer(migrate(tables.scripts(), stretch));
      stretch.persist();
      tables.ready(stretch);
    } catch (SQLException failed) {
      if (failures.isOfDatabase(failed)) {
        throw failed;
      }
      if (failures.isRefusal(failed)) {
        String name = tables.scripts().name();
        tables.unreached(refusals.refused(name, true, failures.describe(failed)));
      } else {
        refuse(tables, failed.getMessage());
      }
    } catch (IOException | RuntimeException failed) {
      refuse(tables, failed.toString());
    }
  }

  private Collection<String> migrate(Scripts scripts, Stretch stretch)
      throws SQLException, IOException {
    Changes.Change change = stretch.change();
    try {
      return migration.run(scripts);
    } finally {
      change.end();
    }
  }

  private static void refuse(Tables tables, String why) {
    String what = "schema " + tables.scripts().name() + ": a migration failed: " + why;
    LOG.error("{}", what);
    tables.refused(what);
  }
}
