package slipway.services.chat.store;

import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.mariadb.jdbc.MariaDbPoolDataSource;
import slipway.itest.mariadb.MariaDb;

/** The chat's tables in a MariaDB server. */
class MariaDbStoreTest extends StoreContract {

  private MariaDbPoolDataSource pool;

  @Override
  DataSource emptyDatabase() throws Exception {
    MariaDb server = MariaDb.server();
    pool =
        new MariaDbPoolDataSource(
            server.url(server.newDatabase()) + "?maxPoolSize=8&minPoolSize=1");
    pool.setUser(MariaDb.USER);
    pool.setPassword(MariaDb.PASSWORD);
    return pool;
  }

  @AfterEach
  void closePool() {
    pool.close();
  }
}
