package slipway.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.data.Schema;
import slipway.testkit.MemoryDatabase;

class LazySchemaTest {

  private final AtomicInteger opened = new AtomicInteger();
  private final MemoryDatabase database = new MemoryDatabase();
  private final Schema schema = database.schema("account", LazySchema.class.getClassLoader());
  private final LazySchema lazy =
      new LazySchema(
          () -> {
            opened.incrementAndGet();
            return schema;
          });

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void theFirstUseOpensItAndTheEndClosesIt() {
    assertThat(opened).hasValue(0);
    assertThat(lazy.read(connection -> "read").toCompletableFuture().join()).isEqualTo("read");
    assertThat(lazy.write(connection -> "write").toCompletableFuture().join()).isEqualTo("write");
    assertThat(lazy.away()).isEmpty();
    assertThat(opened).hasValue(1);
    lazy.close();
    assertThat(schema.away()).contains("schema account is closed");
  }

  @Test
  void oneThatNobodyUsedIsNotOpenedAtTheEnd() {
    lazy.close();
    assertThat(lazy.read(connection -> 1).toCompletableFuture()).isCompletedExceptionally();
    assertThat(lazy.write(connection -> 1).toCompletableFuture()).isCompletedExceptionally();
    assertThat(lazy.away()).contains("the accounts are closed");
    assertThat(opened).hasValue(0);
  }
}
