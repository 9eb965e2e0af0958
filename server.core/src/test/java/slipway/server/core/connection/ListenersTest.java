package slipway.server.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.net.Closing;
import slipway.net.ConnectionListener;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.PipelineService;

class ListenersTest {

  private final List<String> heard = new ArrayList<>();
  private final Listeners listeners = new Listeners();
  private MovedClient client;

  /** Notes all that it hears; refuses with a reason if it has one. */
  private final class Noting implements ConnectionListener {
    private final String name;
    private final Optional<String> refusal;

    Noting(String name, String refusal) {
      this.name = name;
      this.refusal = Optional.ofNullable(refusal);
    }

    @Override
    public Optional<String> opened(Connection connection) {
      heard.add(name + " opened");
      return refusal;
    }

    @Override
    public void refused(Connection connection, String reason) {
      heard.add(name + " refused " + reason);
    }

    @Override
    public void dispatched(Connection connection) {
      heard.add(name + " dispatched " + connection.service());
    }

    @Override
    public void closed(Connection connection, Closing why) {
      heard.add(name + " closed " + why + " " + connection.service());
    }
  }

  /** Ends, throws or does nothing, as the client says. */
  private static final class Obedient extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) throws Exception {
      switch (message.readByte()) {
        case 'c' -> context.close();
        case 'i' -> throw new IOException("Connection reset by peer");
        case 'f' -> throw new IllegalStateException("as a test wants it");
        default -> context.fireChannelReadComplete();
      }
    }
  }

  private static final PipelineService SERVICE =
      (connection, handed, handlers) -> handlers.add("obedient", Obedient::new);

  private void connect() {
    client = new MovedClient(SERVICE, List.of(), listeners);
  }

  @AfterEach
  void close() {
    client.close();
  }

  private void listen() {
    listeners.addListener(new Noting("one", null));
    connect();
    assertThat(heard).containsExactly("one opened", "one dispatched moved");
    heard.clear();
  }

  @Test
  void aConnectionIsOpenedDispatchedAndClosedAndNoMoreIsHeard() {
    listen();
    client.send("c");
    assertThat(heard).containsExactly("one closed SERVICE moved");
  }

  @Test
  void theReasonOfTheEndIsToldToListeners() throws Exception {
    listen();
    client.channel().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    client.channel().runPendingTasks();
    connect();
    client.send("i");
    connect();
    client.send("f");
    connect();
    client.after(Duration.ofHours(2));
    connect();
    client.hears(new GoingAway(GoingAway.Reason.LOCKED, true, Optional.empty()));
    connect();
    client.closedByOperator();
    connect();
    client.channel().unsafe().close(client.channel().newPromise()); // as when the client resets
    client.channel().runPendingTasks();
    assertThat(heard.stream().filter(line -> line.contains("closed")))
        .containsExactly(
            "one closed CLIENT moved",
            "one closed CLIENT moved",
            "one closed FAILED moved",
            "one closed IDLE moved",
            "one closed WENT_AWAY moved",
            "one closed OPERATOR moved",
            "one closed CLIENT moved");
  }

  @Test
  void aListenerRefusesAndAllHearOfIt() {
    listeners.addListener(new Noting("one", "too many from your address"));
    listeners.addListener(new Noting("two", "too late"));
    connect();
    assertThat(client.received()).isEqualTo("ERR too many from your address\n");
    assertThat(client.channel().isOpen()).isFalse();
    assertThat(heard)
        .containsExactly(
            "one opened",
            "two opened",
            "one refused too many from your address",
            "two refused too many from your address",
            "one closed REFUSED ",
            "two closed REFUSED ");
  }

  @Test
  void whatAListenerThrowsHarmsNobody() {
    listeners.addListener(
        new ConnectionListener() {
          @Override
          public Optional<String> opened(Connection connection) {
            throw new IllegalStateException("opened");
          }

          @Override
          public void dispatched(Connection connection) {
            throw new IllegalStateException("dispatched");
          }

          @Override
          public void closed(Connection connection, Closing why) {
            throw new IllegalStateException("closed");
          }
        });
    listen();
    client.send("c");
    assertThat(heard).containsExactly("one closed SERVICE moved");
    assertThat(client.openLeases()).isZero();
  }

  @Test
  void aListenerHearsNothingOfConnectionsThatWereThereBefore() {
    connect();
    Noting late = new Noting("late", null);
    listeners.addListener(late);
    client.send("c");
    assertThat(heard).isEmpty();
    connect();
    assertThat(heard).containsExactly("late opened", "late dispatched moved");
    listeners.removeListener(late);
    client.send("c");
    assertThat(heard).hasSize(2);
  }

  @Test
  void aConnectionThatItsStagesRefuseIsNotOpened() {
    listeners.addListener(new Noting("one", null));
    client =
        new MovedClient(
            SERVICE,
            List.of(
                passage -> {
                  passage.delay();
                  passage.refuse("no");
                }),
            listeners);
    assertThat(client.received()).isEqualTo("ERR no\n");
    assertThat(client.channel().isOpen()).isFalse();
    assertThat(heard).containsExactly("one refused no");
  }
}
