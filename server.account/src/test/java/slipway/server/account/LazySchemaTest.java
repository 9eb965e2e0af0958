package slipway.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

class LazySchemaTest {

  private final AtomicInteger opened = new AtomicInteger();
  private final TestSchema schema =
      new TestSchema(JdbcConnectionPool.create("jdbc:h2:mem:lazy", "", ""));
  private final LazySchema lazy =
      new LazySchema(
          () -> {
            opened.incrementAndGet();
            return schema;
          });

  @Test
  void theFirstUseOpensItAndTheEndClosesIt() {
    assertThat(opened).hasValue(0);
    assertThat(lazy.read(connection -> "read").toCompletableFuture().join()).isEqualTo("read");
    assertThat(lazy.write(connection -> "write").toCompletableFuture().join()).isEqualTo("write");
    assertThat(lazy.away()).isEmpty();
    assertThat(opened).hasValue(1);
    lazy.close();
    assertThat(schema.isClosed()).isTrue();
  }

  @Test
  void oneThatNobodyUsedIsNotOpenedAtTheEnd() {
    lazy.close();
    assertThat(lazy.read(connection -> 1).toCompletableFuture()).isCompletedExceptionally();
    assertThat(lazy.write(connection -> 1).toCompletableFuture()).isCompletedExceptionally();
    assertThat(lazy.away()).contains("the accounts are closed");
    assertThat(opened).hasValue(0);
    schema.close();
  }
}
