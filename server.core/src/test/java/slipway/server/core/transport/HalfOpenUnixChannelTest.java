package slipway.server.core.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HalfOpenUnixChannelTest {

  private static final String END = "end";
  private static final String CLOSED = "closed";

  @TempDir Path folder;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final CompletableFuture<DuplexChannel> accepted = new CompletableFuture<>();
  private Channel server;
  private SocketChannel client;

  @BeforeEach
  void connect() throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    server =
        new ServerBootstrap()
            .group(loops)
            .channel(HalfOpenUnixServer.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Watch());
                    accepted.complete((DuplexChannel) channel);
                  }
                })
            .bind(address)
            .sync()
            .channel();
    client = SocketChannel.open(StandardProtocolFamily.UNIX);
    client.connect(address);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close().sync();
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
  }

  @Test
  void aClientThatHasEndedItsOutputIsStillWrittenTo() throws Exception {
    send("question");
    client.shutdownOutput();

    assertThat(seen()).isEqualTo("question");
    assertThat(seen()).isEqualTo(END);
    assertThat(channel().isInputShutdown()).isTrue();
    assertThat(channel().isActive()).isTrue();

    channel().writeAndFlush(Unpooled.copiedBuffer("answer", US_ASCII)).sync();
    channel().close().sync();
    assertThat(receiveAll()).isEqualTo("answer");
  }

  @Test
  void theEndIsToldOnceAndNotWaitedForAgain() throws Exception {
    client.shutdownOutput();
    assertThat(seen()).isEqualTo(END);

    for (int again = 0; again < 3; again++) {
      channel().read();
      channel().config().setAutoRead(false);
      channel().config().setAutoRead(true);
      loops.submit(() -> {}).sync(); // what was to come of it has come
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void whoDoesNotReadIsNotToldOfTheEnd() throws Exception {
    send("first");
    assertThat(seen()).isEqualTo("first");
    channel().config().setAutoRead(false);
    loops.submit(() -> {}).sync();

    send("second");
    client.shutdownOutput();
    channel().config().setAutoRead(true);

    assertThat(seen()).isEqualTo("second");
    assertThat(seen()).isEqualTo(END);
  }

  @Test
  void aWriteToAClientThatHasGoneClosesTheChannel() throws Exception {
    client.shutdownOutput();
    assertThat(seen()).isEqualTo(END);
    client.close();

    channel().writeAndFlush(Unpooled.copiedBuffer("answer", US_ASCII)).await();

    assertThat(seen()).isEqualTo(CLOSED);
  }

  @Test
  void theOutputEndsAloneToo() throws Exception {
    channel().writeAndFlush(Unpooled.copiedBuffer("answer", US_ASCII)).sync();
    channel().shutdownOutput().sync();

    assertThat(receiveAll()).isEqualTo("answer");
    assertThat(channel().isOutputShutdown()).isTrue();
    assertThat(channel().isInputShutdown()).isFalse();
    send("thanks");
    assertThat(seen()).isEqualTo("thanks");
  }

  @Test
  void bothEndTogether() throws Exception {
    channel().shutdown().sync();

    assertThat(receiveAll()).isEmpty();
    assertThat(channel().isShutdown()).isTrue();
  }

  private DuplexChannel channel() throws Exception {
    return accepted.get(30, TimeUnit.SECONDS);
  }

  private String seen() throws InterruptedException {
    return seen.poll(30, TimeUnit.SECONDS);
  }

  private void send(String text) throws IOException {
    ByteBuffer bytes = US_ASCII.encode(text);
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  private String receiveAll() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1024);
    while (client.read(bytes) >= 0) {}
    return US_ASCII.decode(bytes.flip()).toString();
  }

  private final class Watch extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      seen.add(bytes.toString(US_ASCII));
      bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        seen.add(END);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      seen.add(CLOSED);
    }
  }
}
