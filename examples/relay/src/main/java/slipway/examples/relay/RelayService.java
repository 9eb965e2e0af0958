package slipway.examples.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;

/**
 * Connects each client to another server, and passes on what both say. A new version takes over the
 * connection to the server as well.
 */
@Component(service = Service.class, configurationPid = "slipway.relay")
@ServiceName("relay")
@Designate(ocd = RelayConfig.class)
public final class RelayService implements PipelineService {

  /** A client's connection to the server: of Netty's classes, which all versions have. */
  private static final AttributeKey<Channel> SERVER =
      AttributeKey.valueOf("slipway.examples.relay.server");

  private static final int PATIENCE_MILLIS = 5_000;

  private final InetSocketAddress address;

  /** For Declarative Services. */
  @Activate
  public RelayService(RelayConfig config) {
    InetAddress host = NetUtil.createInetAddressFromIpAddressString(config.host());
    if (host == null) { // a name would have to be looked up, which blocks
      throw new IllegalArgumentException(
          "slipway.relay: host = " + config.host() + ": allowed is an IP address");
    }
    address = new InetSocketAddress(host, config.port());
  }

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    Channel server = connection.channel().attr(SERVER).get();
    if (server == null) {
      handlers.add("forth", () -> new Forth(connection, connect(connection)));
    } else {
      ChannelPipeline back = server.pipeline();
      back.replace(back.first(), "back", new Back(connection));
      handlers.add("forth", () -> new Forth(connection, server.newSucceededFuture()));
    }
  }

  /** In the event loop of the client, so that one thread has both connections. */
  private ChannelFuture connect(Connection connection) {
    Channel client = connection.channel();
    ChannelFuture connecting =
        new Bootstrap()
            .group(client.eventLoop())
            .channel(client.getClass())
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, PATIENCE_MILLIS)
            .handler(new Back(connection))
            .connect(address);
    client.attr(SERVER).set(connecting.channel());
    return connecting;
  }

  /** Not before the server is connected: what waits for that is an object of this version. */
  @Override
  public CompletionStage<Handed> giveUp(Connection connection) {
    return connection.channel().pipeline().get(Forth.class).connected();
  }
}
