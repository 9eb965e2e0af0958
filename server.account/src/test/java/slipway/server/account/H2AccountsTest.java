package slipway.server.account;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Accounts in a file of H2. */
class H2AccountsTest extends AccountsContract {

  @TempDir Path folder;
  private JdbcConnectionPool pool;

  @Override
  DataSource emptyDatabase() {
    pool =
        JdbcConnectionPool.create(
            "jdbc:h2:file:" + folder.resolve("accounts") + ";MODE=MariaDB", "", "");
    return pool;
  }

  @AfterEach
  void closePool() {
    pool.dispose();
  }
}
