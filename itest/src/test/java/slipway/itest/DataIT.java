package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import javax.sql.DataSource;
import org.junit.Test;
import org.osgi.framework.ServiceReference;
import slipway.config.ConfigurationStore;
import slipway.data.Database;
import slipway.data.Schema;

/** The database of the built host, and the tables of a bundle: this test's. */
public class DataIT extends HostIT {

  @Inject private Database database;
  @Inject private ConfigurationStore store;

  @Test
  public void aBundleKeepsSomethingInTheTablesOfItsScripts() throws Exception {
    try (Schema schema = database.schema("itest", DataIT.class.getClassLoader())) {
      schema
          .write(
              connection ->
                  connection
                      .createStatement()
                      .executeUpdate("INSERT INTO itest_note (text) VALUES ('hello')"))
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS);

      assertEquals(Optional.empty(), schema.away());
    }
    DataSource pool = context.getService(context.getServiceReference(DataSource.class));
    try (Connection connection = pool.getConnection();
        ResultSet notes =
            connection.createStatement().executeQuery("SELECT text FROM itest_note")) {
      notes.next();
      assertEquals("hello", notes.getString(1));
    }
  }

  @Test
  public void aChangedFileTakesEffectAndAWrongOneDoesNot() throws Exception {
    Path file = Path.of(context.getProperty("slipway.home"), "conf", "slipway.data.cfg");
    Files.writeString(file, "url = jdbc:h2:file:./var/data/other\npassword = hidden\n");
    eventually("the new URL", "jdbc:h2:file:./var/data/other", database::url);

    Files.writeString(file, "url = jdbc:postgresql://db/x\n");
    eventually("the refusal", true, () -> !store.refusals().isEmpty());

    assertEquals("jdbc:h2:file:./var/data/other", database.url());
    for (ServiceReference<?> service : context.getServiceReferences((String) null, null)) {
      for (String key : service.getPropertyKeys()) {
        assertFalse(key, String.valueOf(service.getProperty(key)).contains("hidden"));
      }
    }
    Files.delete(file);
    eventually("the default", "jdbc:h2:file:./var/data/slipway", database::url);
  }
}
