package slipway.bots.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Makes the connections of one event loop, a bounded number at once: a server that is asked by ten
 * thousand at once lets most of them try again after a second, and that would be measured. Confined
 * to the event loop.
 */
public final class Dialer {

  private static final int TIMEOUT_MILLIS = 10_000;

  private record Attempt(ChannelHandler handler, Consumer<Throwable> refused) {}

  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final InetSocketAddress server;
  private final int limit;
  private final Links links;
  private final Queue<Attempt> waiting = new ArrayDeque<>();
  private int underWay;

  Dialer(
      EventLoop loop,
      Class<? extends Channel> type,
      InetSocketAddress server,
      int limit,
      Links links) {
    this.loop = loop;
    this.server = server;
    this.limit = limit;
    this.links = links;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(type)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS);
  }

  /**
   * Makes a connection as soon as fewer than the limit are under way.
   *
   * @param handler of the new connection; hears of it by {@code channelActive}
   * @param refused told if there is none
   */
  public void dial(ChannelHandler handler, Consumer<Throwable> refused) {
    assert loop.inEventLoop();
    waiting.add(new Attempt(handler, refused));
    next();
  }

  private void next() {
    while (underWay < limit && !waiting.isEmpty()) {
      underWay++;
      Attempt attempt = waiting.remove();
      bootstrap
          .clone()
          .handler(attempt.handler())
          .connect(server)
          .addListener((ChannelFuture connect) -> done(attempt, connect));
    }
  }

  private void done(Attempt attempt, ChannelFuture connect) {
    underWay--;
    if (connect.isSuccess()) {
      links.connected();
    } else {
      links.failed();
      attempt.refused().accept(connect.cause());
    }
    next();
  }
}
