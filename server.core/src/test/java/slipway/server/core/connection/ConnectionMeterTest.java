package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.net.ConnectionListener;
import slipway.net.Intake.Choice;
import slipway.server.core.meter.Told;
import slipway.service.Connection;

class ConnectionMeterTest {

  private final List<EmbeddedChannel> channels = new ArrayList<>();
  private final FakeLeases leases =
      new FakeLeases().with("echo", each -> each.channel().pipeline().addLast(new Echo()));
  private final Listeners listeners = new Listeners();
  private final Connections connections =
      new Connections(leases, listeners, new OperatorServices(), loop -> Optional.empty());
  private final ConnectionMeter meter = new ConnectionMeter(connections, listeners);

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }

  @AfterEach
  void release() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  private EmbeddedChannel connect(String text) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channels.add(channel);
    channel.freezeTime();
    connections.dispatch(
        channel,
        new TestIntake("main", Choice.CLIENT, "", Duration.ofSeconds(5), Duration.ofSeconds(60)));
    channel.pipeline().fireChannelActive();
    if (!text.isEmpty()) { // else it may have been refused by now
      send(channel, text);
    }
    return channel;
  }

  private static void send(EmbeddedChannel channel, String text) {
    ByteBuf bytes = Unpooled.copiedBuffer(text, US_ASCII);
    channel.writeInbound(bytes);
    channel.runPendingTasks();
  }

  private List<String> told(String metric) throws Exception {
    return Told.of(meter).stream().filter(line -> line.matches(metric + "[{ ].*")).toList();
  }

  @Test
  void openAndClosedConnectionsAreAddedUp() throws Exception {
    EmbeddedChannel one = connect("echo\nhello");
    EmbeddedChannel two = connect("echo\nhi");
    connect(""); // has not said what it wants
    assertThat(told("slipway_connections"))
        .containsExactlyInAnyOrder(
            "slipway_connections{acceptor=\"main\",service=\"echo\",version=\"1.0.0\"} 2.0",
            "slipway_connections{acceptor=\"main\",service=\"\",version=\"\"} 1.0");
    String received = "slipway_received_bytes_total{acceptor=\"main\",service=\"echo\"} ";
    String sent = "slipway_sent_bytes_total{acceptor=\"main\",service=\"echo\"} ";
    assertThat(told("slipway_received_bytes_total")).containsExactly(received + "17.0");
    assertThat(told("slipway_sent_bytes_total")).containsExactly(sent + "17.0");
    one.close();
    one.runPendingTasks();
    send(two, "more");
    assertThat(told("slipway_received_bytes_total")).containsExactly(received + "21.0");
    assertThat(told("slipway_sent_bytes_total")).containsExactly(sent + "21.0");
    assertThat(told("slipway_connections_accepted_total"))
        .containsExactly("slipway_connections_accepted_total{acceptor=\"main\"} 3.0");
    assertThat(told("slipway_connections_closed_total"))
        .containsExactly(
            "slipway_connections_closed_total{acceptor=\"main\",service=\"echo\","
                + "reason=\"service\"} 1.0");
    assertThat(told("slipway_dispatch_seconds"))
        .containsExactly("slipway_dispatch_seconds{service=\"echo\"} 2");
    assertThat(told("slipway_connection_seconds"))
        .containsExactly("slipway_connection_seconds{service=\"echo\"} 1");
  }

  @Test
  void whatAClientAsksForIsNoLabel() throws Exception {
    connect("evil\n");
    assertThat(Told.of(meter)).noneMatch(line -> line.contains("evil"));
  }

  @Test
  void clientsThatAreRefusedAreCountedByTheReason() throws Exception {
    listeners.addListener(
        new ConnectionListener() {
          @Override
          public Optional<String> opened(Connection connection) {
            return connection.id() == 1 ? Optional.of("too many") : Optional.empty();
          }
        });
    connect("");
    connect("GET / HTTP/1.1\r\n");
    EmbeddedChannel slow = connect("ec");
    slow.advanceTimeBy(5, TimeUnit.SECONDS);
    slow.runScheduledPendingTasks();
    String refused = "slipway_connections_refused_total{acceptor=\"main\",reason=";
    assertThat(told("slipway_connections_refused_total"))
        .containsExactlyInAnyOrder(
            refused + "\"listener\"} 1.0",
            refused + "\"bad_request\"} 1.0",
            refused + "\"dispatch_timeout\"} 1.0");
  }
}
