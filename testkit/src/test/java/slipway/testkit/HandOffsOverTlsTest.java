package slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.server.core.connection.TestTls;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;

/** What the client says by a protocol of its own, such as TLS. */
class HandOffsOverTlsTest {

  private static Callable<List<Service>> versions(Class<? extends Service> type, Object... with) {
    return () -> List.of(OwnClasses.make(type, with), OwnClasses.make(type, with));
  }

  /** Answers lines on TLS, and says something before the client can have understood anything. */
  public static final class TlsLines implements PipelineService {
    private final SslContext tls;

    public TlsLines(SslContext tls) {
      this.tls = tls;
    }

    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers
          .keep("tls", () -> tls.newHandler(connection.channel().alloc()))
          .add("codec", () -> new MessageCodec(connection, handed, 20))
          .add("greeting", Greeting::new)
          .add("replies", () -> new RequestReplyHandler(connection, TlsLines::reply));
    }

    private static Optional<String> reply(String line) {
      return line.equals("bye") ? Optional.empty() : Optional.of("you said " + line);
    }

    @Override
    public CompletionStage<Handed> giveUp(Connection connection) {
      MessageCodec codec = connection.channel().pipeline().get(MessageCodec.class);
      return CompletableFuture.completedFuture(Handed.of(codec.state()));
    }

    private static final class Greeting extends ChannelInboundHandlerAdapter {
      @Override
      public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush("welcome");
        context.fireChannelActive();
      }
    }
  }

  @Test
  void tlsIsHandedOverAtEveryByteOfItsRecords() throws Exception {
    SslContext client = TestTls.client("TLSv1.3");
    assertThat(
            new HandOffs(versions(TlsLines.class, TestTls.server("TLSv1.3")))
                .over(() -> client.newHandler(UnpooledByteBufAllocator.DEFAULT))
                .saying("a\r\nha")
                .saying("lf\r\n")
                .saying("bye\r\nlost\r\n")
                .atEveryByte())
        .isEqualTo("welcome\nyou said a\r\nyou said half\r\n");
  }

  /** Says the same without TLS. */
  public static final class Plain implements PipelineService {
    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers
          .add("codec", () -> new MessageCodec(connection, handed, 20))
          .add("greeting", TlsLines.Greeting::new);
    }
  }

  @Test
  void whatTheClientCannotReadIsFound() throws Exception {
    SslContext client = TestTls.client("TLSv1.3");
    assertThatThrownBy(
            () ->
                new HandOffs(versions(Plain.class))
                    .over(() -> client.newHandler(UnpooledByteBufAllocator.DEFAULT))
                    .saying("a")
                    .atEveryByte())
        .isInstanceOf(AssertionError.class)
        .hasMessage("without a hand-off: the client cannot read \"welcome\\n\"");
  }
}
