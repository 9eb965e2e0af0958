package slipway.examples.ticks;

import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.LocalTime;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.message.MessageCodec;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceContext;
import slipway.service.ServiceName;

/** Sends the time to every client, each second, and says goodbye. */
@Component(service = Service.class)
@ServiceName("ticks")
public final class TicksService implements PipelineService {

  private static final int LONGEST_LINE = 100;

  private final ServiceContext context;

  /** For Declarative Services. */
  @Activate
  public TicksService(@Reference ServiceContext context) {
    this.context = context;
    context.timer().scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    String time = LocalTime.now(UTC).truncatedTo(SECONDS).toString();
    for (Connection connection : context.connections()) {
      Channel channel = connection.channel();
      if (channel.isWritable()) { // a slow client misses some
        channel.writeAndFlush(time);
      }
    }
  }

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers
        .keep("codec", () -> new MessageCodec(connection, handed, LONGEST_LINE))
        .add("goodbye", Goodbye::new);
  }

  private static final class Goodbye extends ChannelInboundHandlerAdapter {

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof GoingAway news) {
        context.writeAndFlush("goodbye: " + news.reason());
      }
      context.fireUserEventTriggered(event);
    }
  }
}
