package slipway.server.core.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.admin.ConnectionStatus;
import slipway.server.core.life.ServiceLease;
import slipway.server.core.life.TestLeases;
import slipway.service.Audience;

@Timeout(120)
class HostedConnectionTest {

  private static final int ROUNDS = 2_000_000;

  private final FakeLeases leases = new FakeLeases();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final HostedConnection connection =
      new HostedConnection(
          7, "main", Audience.USERS, Instant.EPOCH, channel, leases, new Listeners(), ended -> {});

  HostedConnectionTest() {
    channel.pipeline().addLast(new ConnectionHead(connection, Duration.ZERO, leases));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  /** Others may keep it, such as a session that waits for its peer to come back. */
  @Test
  void whenItIsOverItKeepsTheNamesOfItsVersionAndNothingElseOfIt() {
    AtomicBoolean givenBack = new AtomicBoolean();
    connection.servedBy(TestLeases.lease("echo", attached -> {}, () -> givenBack.set(true)));
    channel.close();
    channel.runPendingTasks();
    assertThat(givenBack).isTrue();
    assertThat(connection.lease()).isNull();
    assertThat(connection).hasToString("connection 7 (echo)");
    assertThat(connection.version()).isEqualTo("1.0.0");
    assertThatThrownBy(connection::retain).hasMessage("connection 7 has no service");
    assertThat(connection.goingAway()).isEmpty();
  }

  /** As when a version fails in {@code attach} while an operator looks at the connections. */
  @Test
  void whoLooksWhileItsServiceGoesSeesItWithTheServiceOrWithout() throws Exception {
    ServiceLease lease = TestLeases.lease("echo", attached -> {}, () -> {});
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> looking =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                look();
              }
            });
    for (int round = 0; round < ROUNDS && !looking.isDone(); round++) {
      connection.servedBy(lease);
      connection.servedBy(null);
    }
    over.set(true);
    looking.get();
    lease.close();
  }

  private void look() {
    ConnectionStatus seen = HostConnectionAdmin.status(connection);
    assertThat(seen.service() + seen.version()).isIn("", "echo1.0.0");
    assertThat(connection.toString()).isIn("connection 7", "connection 7 (echo)");
    assertThat(connection.service()).isIn("", "echo");
    assertThat(connection.version()).isIn("", "1.0.0");
    try {
      connection.retain().close();
    } catch (IllegalStateException none) {
      assertThat(none).hasMessage("connection 7 has no service");
    }
  }
}
