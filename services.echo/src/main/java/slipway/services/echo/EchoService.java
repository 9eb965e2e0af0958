package slipway.services.echo;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.HandOff;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Sends back what it receives; where messages are delimited, an empty one ends the connection. */
@Component(service = Service.class)
@ServiceName("echo")
public final class EchoService implements HandOff {

  private static final ChannelHandler ECHO = new Echo();

  @Override
  public void attach(Connection connection) {
    takeUp(connection, Map.of());
  }

  @Override
  public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
    EmptyMessageEnds ends = connection.channel().pipeline().get(EmptyMessageEnds.class);
    return CompletableFuture.completedFuture(Map.of("start", ends == null || ends.isAtStart()));
  }

  @Override
  public void takeUp(Connection connection, Map<String, Object> state) {
    ChannelPipeline pipeline = connection.channel().pipeline();
    boolean start = !Boolean.FALSE.equals(state.get("start"));
    connection
        .delimiter()
        .ifPresent(some -> pipeline.addLast(new EmptyMessageEnds(connection, some, start)));
    pipeline.addLast(ECHO);
  }

  @ChannelHandler.Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }
}
