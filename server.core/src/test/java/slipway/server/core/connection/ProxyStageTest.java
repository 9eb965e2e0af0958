package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.net.Closing;
import slipway.net.ConnectionListener;
import slipway.net.Passage;
import slipway.net.Stage;
import slipway.service.Connection;
import slipway.service.Peer;
import slipway.service.PipelineService;

/** The PROXY protocol as a stage, with Netty's decoder. */
class ProxyStageTest {

  private static final String V2 = "0d0a0d0a000d0a515549540a";

  /** What a proxy sends first, and whom it speaks for. */
  private enum Header {
    V1(
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711 2000\r\n".getBytes(ISO_8859_1),
        new InetSocketAddress("192.0.2.7", 4711)),
    V1_IPV6(
        "PROXY TCP6 2001:db8::7 2001:db8::1 4711 2000\r\n".getBytes(ISO_8859_1),
        new InetSocketAddress("2001:db8::7", 4711)),
    V2_IPV4(
        hex(V2 + "2111000c" + "c0000207" + "c6336401" + "1267" + "07d0"),
        new InetSocketAddress("192.0.2.7", 4711)),
    V2_IPV6(
        hex(
            V2
                + "21210024"
                + "20010db8000000000000000000000007"
                + "20010db8000000000000000000000001"
                + "1267"
                + "07d0"),
        new InetSocketAddress("2001:db8::7", 4711)),
    /** With what a proxy may add, here the name that the client asked TLS for. */
    V2_WITH_MORE(
        hex(V2 + "21110014" + "c0000207" + "c6336401" + "1267" + "07d0" + "02000568656c6c6f"),
        new InetSocketAddress("192.0.2.7", 4711));

    private final byte[] bytes;
    private final InetSocketAddress client;

    Header(byte[] bytes, InetSocketAddress client) {
      this.bytes = bytes;
      this.client = client;
    }
  }

  /** What a bundle with the PROXY protocol would bring. */
  private static final Stage PROXY =
      passage -> {
        passage.add("proxy", new HAProxyMessageDecoder());
        passage.add("proxy-header", new Reader(passage));
      };

  private static final class Reader extends SimpleChannelInboundHandler<HAProxyMessage> {
    private final Passage passage;
    private final Runnable ready;

    Reader(Passage passage) {
      this.passage = passage;
      this.ready = passage.delay();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage header) {
      if (header.sourceAddress() != null) { // else the proxy speaks for itself
        passage.peer(
            passage.peer().at(new InetSocketAddress(header.sourceAddress(), header.sourcePort())));
      }
      context.pipeline().remove(this);
      ready.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      passage.refuse("the PROXY header is wrong");
    }
  }

  /** Notes what it hears, with whom it is told of. */
  private final class Noting implements ConnectionListener {
    @Override
    public Optional<String> opened(Connection connection) {
      heard.add("opened");
      peers.add(connection.peer());
      return Optional.empty();
    }

    @Override
    public void refused(Connection connection, String reason) {
      heard.add("refused " + reason);
      peers.add(connection.peer());
    }

    @Override
    public void dispatched(Connection connection) {
      heard.add("dispatched");
      peers.add(connection.peer());
    }

    @Override
    public void closed(Connection connection, Closing why) {
      heard.add("closed " + why);
      peers.add(connection.peer());
    }
  }

  /** Answers lines with the address of its client and the line. */
  private static final PipelineService LINES =
      (connection, handed, handlers) ->
          handlers
              .add("codec", () -> new MessageCodec(connection, handed, 100))
              .add(
                  "replies",
                  () ->
                      new RequestReplyHandler(
                          connection,
                          line -> Optional.of(connection.remoteAddress() + " " + line)));

  private final List<String> heard = new ArrayList<>();
  private final List<Peer> peers = new ArrayList<>();
  private final Listeners listeners = new Listeners();
  private final MovedClient client;
  private final SocketAddress socket;

  ProxyStageTest() {
    listeners.addListener(new Noting());
    client = new MovedClient(LINES, List.of(PROXY), listeners);
    socket = client.channel().remoteAddress();
  }

  @AfterEach
  void end() {
    client.close();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] and(byte[] header, String text) {
    byte[] both = new byte[header.length + text.length()];
    System.arraycopy(header, 0, both, 0, header.length);
    System.arraycopy(text.getBytes(ISO_8859_1), 0, both, header.length, text.length());
    return both;
  }

  private Peer peer() {
    return HostedConnection.of(client.channel()).peer();
  }

  private void assertServed(InetSocketAddress from) {
    assertThat(client.received()).isEqualTo(from + " hello\n");
    Peer known = Peer.of(socket).at(from);
    assertThat(peer()).isEqualTo(known);
    client.channel().unsafe().close(client.channel().newPromise()); // as when the client resets
    client.channel().runPendingTasks();
    assertThat(heard).containsExactly("opened", "dispatched", "closed CLIENT");
    assertThat(peers).containsExactly(known, known, known);
    assertThat(client.channel().pipeline().get("proxy-header")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void theServiceAndListenersSeeTheClientBehindTheProxy(Header header) {
    client.send(and(header.bytes, "hello\n"));
    assertServed(header.client);
  }

  @ParameterizedTest
  @EnumSource
  void aHeaderMayComeByteByByte(Header header) {
    for (byte next : and(header.bytes, "hello\n")) {
      client.send(new byte[] {next});
    }
    assertServed(header.client);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyHearsOfTheClientBeforeTheHeaderIsWhole(Header header) {
    for (int sent = 0; sent < header.bytes.length - 1; sent++) {
      client.send(new byte[] {header.bytes[sent]});
    }
    assertThat(heard).isEmpty();
    assertThat(client.version()).isEmpty();
    client.send(new byte[] {header.bytes[header.bytes.length - 1]});
    assertThat(heard).containsExactly("opened", "dispatched");
  }

  /** A check of the proxy's own (LOCAL), or a client of which it knows nothing (UNKNOWN). */
  @ParameterizedTest
  @ValueSource(strings = {V2 + "20000000", "50524f585920554e4b4e4f574e0d0a"})
  void aProxyThatSpeaksForNobodyIsTheClientItself(String header) {
    client.send(and(hex(header), "hello\n"));
    assertThat(client.received()).isEqualTo(socket + " hello\n");
    assertThat(peer()).isEqualTo(Peer.of(socket));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711\r\n",
        "PROXY TCP4 nowhere 198.51.100.1 4711 2000\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711 70000\r\n"
      })
  void aHeaderThatIsWrongClosesTheConnectionWithAReason(String header) {
    client.send(and(header.getBytes(ISO_8859_1), "hello\n"));
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        V2 + "3111000c" + "c0000207" + "c6336401" + "1267" + "07d0", // a version 3
        V2 + "2f11000c" + "c0000207" + "c6336401" + "1267" + "07d0", // an unknown command
        V2 + "21110004" + "c0000207" // addresses that are cut off
      })
  void soDoesABinaryOne(String header) {
    client.send(and(hex(header), "hello\n"));
    assertRefused();
  }

  @Test
  void soDoesOneWithoutAnEnd() {
    client.send("PROXY " + "x".repeat(200));
    assertRefused();
  }

  /** Listeners hear why. The client does not: the protocol wants it dropped without a word. */
  private void assertRefused() {
    assertThat(client.channel().isOpen()).isFalse();
    assertThat(client.received()).isEmpty();
    assertThat(client.version()).isEmpty();
    assertThat(heard).containsExactly("refused the PROXY header is wrong");
    assertThat(peers).containsExactly(Peer.of(socket));
  }
}
