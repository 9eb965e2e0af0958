package slipway.services.echo;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
    EchoUntilEmpty echo = connection.channel().pipeline().get(EchoUntilEmpty.class);
    return CompletableFuture.completedFuture(Map.of("start", echo == null || echo.isAtStart()));
  }

  @Override
  public void takeUp(Connection connection, Map<String, Object> state) {
    boolean start = !Boolean.FALSE.equals(state.get("start"));
    ChannelHandler echo =
        connection
            .delimiter()
            .<ChannelHandler>map(some -> new EchoUntilEmpty(connection, some, start))
            .orElse(ECHO);
    connection.channel().pipeline().addLast(echo);
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
