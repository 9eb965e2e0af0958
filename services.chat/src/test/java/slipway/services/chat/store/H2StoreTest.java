package slipway.services.chat.store;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The chat's tables in a file of H2. */
class H2StoreTest extends StoreContract {

  @TempDir Path folder;
  private JdbcConnectionPool pool;

  @Override
  DataSource emptyDatabase() {
    pool =
        JdbcConnectionPool.create(
            "jdbc:h2:file:" + folder.resolve("chat") + ";MODE=MariaDB", "", "");
    return pool;
  }

  @AfterEach
  void closePool() {
    pool.dispose();
  }
}
