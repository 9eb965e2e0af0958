package slipway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.Lease;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.stream.RequestStream;
import slipway.stream.StreamHandOff;
import slipway.stream.StreamService;

@Timeout(120)
class TestHostTest {

  /** Answers lines with a word and the line; "bye" ends the connection. */
  private record Lines(String word) implements PipelineService {
    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers
          .keep("codec", () -> new MessageCodec(connection, handed, 20))
          .add(
              "replies",
              () ->
                  new RequestReplyHandler(
                      connection,
                      line ->
                          line.equals("bye") ? Optional.empty() : Optional.of(word + " " + line)));
    }
  }

  /** Does something with each piece that it gets. */
  private record Raw(Consumer<Piece> work) implements Service {
    record Piece(Connection connection, ChannelHandlerContext context, ByteBuf bytes) {}

    @Override
    public void attach(Connection connection) {
      connection
          .channel()
          .pipeline()
          .addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                  work.accept(new Piece(connection, context, (ByteBuf) message));
                }
              });
    }
  }

  // ---- what a client does ----------------------------------------------------------------------

  @Test
  void aClientIsAnsweredInWhateverPiecesItSpeaks() {
    try (TestHost host = new TestHost("lines", new Lines("one"))) {
      TestConnection client = host.connect();
      client.send("a\nha").send("lf\n").send("");
      assertThat(client.received()).isEqualTo("one a\none half\n");
      assertThat(client.received()).isEmpty();
      assertThat(client.connection().service()).isEqualTo("lines");
      assertThat(client.connection().delimiter()).isEmpty();
    }
  }

  @Test
  void aClientThatNamesTheServiceHasItsDelimiter() {
    try (TestHost host = new TestHost("lines", new Lines("one"))) {
      TestConnection client = host.connect(Delimiter.NUL);
      assertThat(client.send("a\0").received()).isEqualTo("one a\0");
      assertThat(client.connection().delimiter()).contains(Delimiter.NUL);
    }
  }

  @Test
  void aClientHasTheAddressThatItIsGiven() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1234);
    try (TestHost host = new TestHost("lines", new Lines("one"))) {
      assertThat(host.connect(address).connection().remoteAddress()).isEqualTo(address);
    }
  }

  @Test
  void aServiceThatClosesIsSeenAndHearsNoMore() {
    try (TestHost host = new TestHost("lines", new Lines("one"))) {
      TestConnection client = host.connect();
      client.send("a\nbye\nlost\n").send("lost\n");
      assertThat(client.isOpen()).isFalse();
      assertThat(client.awaitClosed()).isEqualTo("one a\n");
      assertThat(client.version()).isEqualTo("1.0.0");
      assertThat(host.users()).isZero();
    }
  }

  @Test
  void theEndOfTheInputArrivesBehindTheInput() {
    try (TestHost host = new TestHost("lines", new Lines("one"))) {
      TestConnection client = host.connect();
      client.connection().channel().config().setAutoRead(false);
      client.send("a\n");
      client.send("b\n");
      client.endOutput();
      assertThat(client.isRead()).isFalse();
      assertThat(client.received()).isEmpty();
      assertThat(client.isOpen()).isTrue();
      client.connection().channel().config().setAutoRead(true);
      assertThat(client.awaitClosed()).isEqualTo("one a\none b\n");
    }
  }

  @Test
  void aClientThatDoesNotReadIsNotReadAndGetsAllInTheEnd() {
    byte[] much = new byte[100_000];
    Service service =
        new Raw(
            piece -> {
              piece.bytes().release();
              piece.context().writeAndFlush(Unpooled.wrappedBuffer(much));
            });
    try (TestHost host = new TestHost("much", service)) {
      TestConnection client = host.connect();
      client.reads(false);
      client.send("1");
      assertThat(client.received()).isEmpty();
      assertThat(client.isRead()).isFalse();
      client.send("2");
      client.reads(true);
      assertThat(client.receivedBytes()).hasSize(2 * much.length);
      assertThat(client.isRead()).isTrue();
    }
  }

  // ---- versions --------------------------------------------------------------------------------

  @Test
  void anotherVersionGetsTheConnectionWithHalfAMessage() {
    try (TestHost host = new TestHost("lines", new Lines("one"))) {
      TestConnection client = host.connect();
      client.send("ha");
      host.handOver(new Lines("two"));
      assertThat(client.send("lf\n").received()).isEqualTo("two half\n");
      assertThat(client.version()).isEqualTo("2.0.0");
      assertThat(host.connect().version()).isEqualTo("2.0.0");
      host.handOver(new Lines("three"));
      assertThat(client.version()).isEqualTo("3.0.0");
      assertThat(host.users()).isEqualTo(2);
    }
  }

  @Test
  void aVersionIsCalledAsTheTestSays() {
    try (TestHost host = new TestHost("lines", new Lines("one"))) {
      TestConnection client = host.connect();
      host.handOver("1.4.2", new Lines("two"));
      assertThat(client.version()).isEqualTo("1.4.2");
      host.handOver("1.0.0", new Lines("one")); // a rollback
      assertThat(client.version()).isEqualTo("1.0.0");
      assertThat(client.send("a\n").received()).isEqualTo("one a\n");
    }
  }

  @Test
  void aConnectionThatCannotBeHandedOverStaysAndIsTriedAgain() {
    try (TestHost host = new TestHost("lines", new Lines("one"))) {
      TestConnection client = host.connect();
      PipelineService fails =
          (connection, handed, handlers) -> {
            throw new IllegalStateException("it does not serve");
          };
      host.handOver(fails);
      assertThat(client.version()).isEqualTo("1.0.0");
      host.handOver(new Lines("three"));
      host.pass(Duration.ofSeconds(1));
      assertThat(client.version()).isEqualTo("3.0.0");
      assertThat(client.send("a\n").received()).isEqualTo("three a\n");
    }
  }

  @Test
  void aServiceHearsThatItGoesAwayAndIsClosedAfterTheLastWord() {
    try (TestHost host = new TestHost("raw", new Stays())) {
      TestConnection client = host.connect();
      host.goingAway(new GoingAway(GoingAway.Reason.HOST_ENDS, false, Optional.empty()));
      assertThat(client.received()).isEqualTo("soon");
      host.goingAway(new GoingAway(GoingAway.Reason.HOST_ENDS, true, Optional.empty()));
      assertThat(client.received()).isEqualTo("now");
      assertThat(client.isOpen()).isTrue();
      host.pass(Duration.ofSeconds(1));
      assertThat(client.isOpen()).isFalse();
    }
  }

  /** Says what it hears, and does not end the connection. */
  private static final class Stays implements Service {
    @Override
    public void attach(Connection connection) {
      connection
          .channel()
          .pipeline()
          .addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext context, Object event) {
                  if (event instanceof GoingAway news) {
                    context.writeAndFlush(
                        Unpooled.copiedBuffer(news.last() ? "now" : "soon", UTF_8));
                  }
                }
              });
    }
  }

  // ---- streams ---------------------------------------------------------------------------------

  private static final class Greeter extends StreamService {
    @Override
    protected void serve(Connection connection, InputStream in, OutputStream out) throws Exception {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, ISO_8859_1));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(("hello " + line + "\n").getBytes(ISO_8859_1));
        out.flush();
      }
      out.write("goodbye\n".getBytes(ISO_8859_1));
    }
  }

  @Test
  void whatAStreamAnswersIsWaitedFor() {
    try (TestHost host = new TestHost("greeter", new Greeter())) {
      TestConnection client = host.connect();
      client.send("Ada\nBo");
      assertThat(client.readUntil("\n")).isEqualTo("hello Ada\n");
      client.send("b\n");
      assertThat(client.readUntil("\n")).isEqualTo("hello Bob\n");
      client.endOutput();
      assertThat(client.awaitClosed()).isEqualTo("goodbye\n");
    }
  }

  @Test
  void whatDoesNotComeIsToldWithWhatCame() {
    try (TestHost host = new TestHost("greeter", new Greeter())) {
      TestConnection client = host.connect();
      client.send("Ada\n");
      client.endOutput();
      assertThatThrownBy(() -> client.readUntil("Bob"))
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              "\"Bob\" has not come, and the connection was closed, but \"hello"
                  + " Ada\\ngoodbye\\n\"");
    }
  }

  /** Adds up the bytes that come, and answers each with the sum. */
  private static final class Sums extends StreamHandOff {
    @Override
    protected void serve(Connection connection, RequestStream in, OutputStream out)
        throws Exception {
      long[] sum = {in.handed().number("sum").orElse(0)};
      while (in.next(() -> Handed.nothing().with("sum", sum[0]))) {
        sum[0] += in.read();
        out.write((sum[0] + "\n").getBytes(ISO_8859_1));
      }
    }
  }

  @Test
  void aStreamIsHandedOver() {
    try (TestHost host = new TestHost("sums", new Sums())) {
      TestConnection client = host.connect();
      client.send(new byte[] {1, 2});
      assertThat(client.readUntil("3\n")).isEqualTo("1\n3\n");
      host.handOver(new Sums());
      host.await(() -> client.version().equals("2.0.0"));
      client.send(new byte[] {4});
      assertThat(client.readUntil("\n")).isEqualTo("7\n");
    }
  }

  @Test
  void aServiceThatCannotBeAttachedIsTold() {
    Service fails =
        connection -> {
          throw new IllegalStateException("no service");
        };
    try (TestHost host = new TestHost("fails", fails)) {
      assertThatThrownBy(() -> host.connect(Delimiter.LF))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("the client is refused: \"ERR fails failed: ");
      TestConnection client = host.connect();
      assertThat(client.received()).startsWith("ERR fails failed: ");
      assertThatThrownBy(client::version).isInstanceOf(IllegalStateException.class);
    }
  }

  // ---- what is found ---------------------------------------------------------------------------

  @Test
  void whatNoHandlerEncodesIsFound() {
    Service service =
        new Raw(
            piece -> {
              piece.bytes().release();
              piece.context().writeAndFlush("text");
            });
    try (TestHost host = new TestHost("raw", service)) {
      TestConnection client = host.connect();
      client.send("a");
      assertThatThrownBy(client::received)
          .isInstanceOf(AssertionError.class)
          .hasMessage("written as it is, as no handler encodes it: text");
    }
  }

  @Test
  void aLeaseThatIsLeftOpenIsCounted() {
    Lease[] kept = new Lease[1];
    Service service =
        new Raw(
            piece -> {
              piece.bytes().release();
              kept[0] = piece.connection().retain();
            });
    TestHost host = new TestHost("raw", service);
    host.connect().send("a");
    assertThat(host.end(Duration.ZERO)).isEqualTo(1);
    kept[0].close();
    host.close();
  }

  @Test
  void anotherThreadIsRefused() throws Exception {
    try (TestHost host = new TestHost("lines", new Lines("one"))) {
      TestConnection client = host.connect();
      CountDownLatch refused = new CountDownLatch(1);
      Thread.startVirtualThread(
          () -> {
            try {
              client.send("a");
            } catch (IllegalStateException expected) {
              refused.countDown();
            }
          });
      refused.await();
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void whatOtherThreadsHaveWrittenIsWaitedFor() {
    Service service =
        new Raw(
            piece -> Thread.startVirtualThread(() -> piece.context().writeAndFlush(piece.bytes())));
    try (TestHost host = new TestHost("raw", service)) {
      assertThat(host.connect().send("later").readUntil("later")).isEqualTo("later");
    }
  }
}
