package slipway.server.account;

import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import slipway.itest.mariadb.MariaDb;

/** Accounts in a MariaDB server. */
class MariaDbAccountsTest extends AccountsContract {

  @Override
  DataSource emptyDatabase() throws Exception {
    MariaDb server = MariaDb.server();
    MariaDbDataSource source = new MariaDbDataSource(server.url(server.newDatabase()));
    source.setUser(MariaDb.USER);
    source.setPassword(MariaDb.PASSWORD);
    return source;
  }
}
