package slipway.services.echo;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Sends back what it receives; where messages are delimited, an empty one ends the connection. */
@Component
@ServiceName("echo")
public final class EchoService implements Service {

  private static final ChannelHandler ECHO = new Echo();

  @Override
  public void attach(Connection connection) {
    ChannelPipeline pipeline = connection.channel().pipeline();
    connection
        .delimiter()
        .ifPresent(some -> pipeline.addLast(new EmptyMessageEnds(connection, some)));
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
