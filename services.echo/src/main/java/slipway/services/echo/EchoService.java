package slipway.services.echo;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.osgi.service.component.annotations.Component;
import slipway.message.UntilEmptyMessage;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Sends back what it receives; if messages are delimited, an empty one ends the connection. */
@Component(service = Service.class)
@ServiceName("echo")
public final class EchoService implements PipelineService {

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    connection
        .delimiter()
        .ifPresent(
            one -> handlers.keep("end", () -> new UntilEmptyMessage(connection, one, handed)));
    handlers.add("echo", Echo::new);
  }

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
