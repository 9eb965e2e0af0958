package slipway.services.echo;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Sends back what it receives; where messages are delimited, an empty one ends the connection. */
@Component(service = Service.class)
@ServiceName("echo")
public final class EchoService implements PipelineService {

  private static final String START = "start";
  private static final ChannelHandler ECHO = new Echo();

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers.add(
        "echo",
        () ->
            connection
                .delimiter()
                .<ChannelHandler>map(
                    some -> new EchoUntilEmpty(connection, some, handed.flag(START, true)))
                .orElse(ECHO));
  }

  @Override
  public CompletionStage<Handed> giveUp(Connection connection) {
    EchoUntilEmpty echo = connection.channel().pipeline().get(EchoUntilEmpty.class);
    return CompletableFuture.completedFuture(
        Handed.nothing().with(START, echo == null || echo.isAtStart()));
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
