package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import slipway.net.Intake.Choice;

/** Handlers that a service adds while it reads stand behind the host's tail for a moment. */
class ConnectionTailTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  /** Throws whatever it is told. */
  private static final class Thrower extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      throw new IllegalStateException("thrown when active");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      throw new IllegalStateException("thrown in read");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      throw new IllegalStateException("thrown at an event");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      throw new IllegalStateException("thrown at a change");
    }
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }

  /** A connection whose first handler adds another one in its first read, and passes things on. */
  private static EmbeddedChannel connect(
      ChannelHandler added, BiConsumer<ChannelHandlerContext, Object> passOn) {
    FakeLeases leases =
        new FakeLeases()
            .with(
                "upgrade",
                connection ->
                    connection
                        .channel()
                        .pipeline()
                        .addLast(
                            new ChannelInboundHandlerAdapter() {
                              @Override
                              public void channelRead(
                                  ChannelHandlerContext context, Object message) {
                                context.pipeline().addLast(added);
                                passOn.accept(context, message);
                              }
                            }));
    EmbeddedChannel channel = new EmbeddedChannel();
    new Connections(leases)
        .dispatch(channel, new TestIntake("main", Choice.FIXED, "upgrade", LONG, LONG));
    channel.pipeline().fireChannelActive();
    return channel;
  }

  private static void assertClosedByItsError(BiConsumer<ChannelHandlerContext, Object> passOn) {
    EmbeddedChannel channel = connect(new Thrower(), passOn);
    assertThatCode(() -> channel.writeInbound(Unpooled.copiedBuffer("a", US_ASCII)))
        .as("nothing reaches the end of the pipeline")
        .doesNotThrowAnyException();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aHandlerThatIsAddedInAReadMayThrowInThatRead() {
    assertClosedByItsError(ChannelHandlerContext::fireChannelRead);
  }

  @Test
  void aHandlerThatIsAddedInAReadMayThrowAtAnEvent() {
    assertClosedByItsError(
        (context, message) -> {
          ReferenceCountUtil.release(message);
          context.fireUserEventTriggered("upgraded");
        });
  }

  @Test
  void aHandlerThatIsAddedInAReadMayThrowWhenItIsToldThatItIsActive() {
    assertClosedByItsError(
        (context, message) -> {
          ReferenceCountUtil.release(message);
          context.fireChannelActive();
        });
  }

  @Test
  void aHandlerThatIsAddedInAReadMayThrowAtAChangeOfWritability() {
    assertClosedByItsError(
        (context, message) -> {
          ReferenceCountUtil.release(message);
          context.fireChannelWritabilityChanged();
        });
  }

  @Test
  void aHandlerThatIsAddedInAReadGetsWhatIsPassedOnInThatRead() {
    EmbeddedChannel channel =
        connect(
            new Echo(),
            (context, message) -> {
              context.pipeline().remove(context.handler());
              context.fireChannelRead(message);
            });
    channel.writeInbound(Unpooled.copiedBuffer("first", US_ASCII));
    channel.writeInbound(Unpooled.copiedBuffer("second", US_ASCII));
    assertSent(channel, "first");
    assertSent(channel, "second");
    channel.close();
  }

  private static void assertSent(EmbeddedChannel channel, String text) {
    ByteBuf sent = channel.readOutbound();
    assertThat(sent).isNotNull();
    assertThat(sent.toString(US_ASCII)).isEqualTo(text);
    sent.release();
  }
}
