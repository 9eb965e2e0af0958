package slipway.server.core.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.Transport;

/**
 * The event loops of the host, for listening and for connections alike.
 *
 * <p>Framework properties and not Config Admin say what they are, as no connection can outlive
 * them: {@code slipway.transport} is {@code auto} (the best that runs here), {@code io_uring},
 * {@code epoll} or {@code nio}; {@code slipway.threads} is their number, 0 for one a processor.
 */
@Component
public final class HostTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(HostTransport.class);
  private static final String KIND = "slipway.transport";
  private static final String THREADS = "slipway.threads";
  private static final int MOST_THREADS = 1024;

  /**
   * Netty renews a multi-shot accept that has failed or ended by itself, whether or not anybody
   * reads: it would take a whole core while file descriptors are short, and accept clients whom a
   * stopped acceptor leaves in the backlog.
   */
  private static final String MULTI_SHOT = "io.netty.iouring.acceptMultiShotEnabled";

  private final TransportKind kind;
  private final TransportKind unixKind;
  private final EventLoopGroup eventLoops;
  private final EventLoopGroup unixEventLoops;

  /** For Declarative Services. */
  @Activate
  public HostTransport(BundleContext context) {
    this(context.getProperty(KIND), context.getProperty(THREADS));
  }

  HostTransport(String kind, String threads) {
    if (System.getProperty(MULTI_SHOT) == null) {
      System.setProperty(MULTI_SHOT, "false"); // before Netty looks for it
    }
    NettyLog.install();
    this.kind = kind(kind == null ? "auto" : kind.strip());
    int count = threads(threads == null ? "0" : threads.strip());
    this.eventLoops =
        eventLoops(
            this.kind,
            count == 0 ? Runtime.getRuntime().availableProcessors() : count,
            "slipway-io");
    this.unixKind = unixKind();
    this.unixEventLoops =
        unixKind == this.kind ? eventLoops : eventLoops(unixKind, 1, "slipway-io-unix");
  }

  private static EventLoopGroup eventLoops(TransportKind kind, int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), kind.newHandlers());
  }

  /** Only with epoll does Netty let a Unix domain socket end its input and still be written to. */
  private TransportKind unixKind() {
    return TransportKind.EPOLL.unavailable() == null ? TransportKind.EPOLL : kind;
  }

  private static TransportKind kind(String asked) {
    for (TransportKind candidate : TransportKind.values()) {
      boolean named = candidate.name().equalsIgnoreCase(asked);
      if (!named && !asked.equalsIgnoreCase("auto")) {
        continue;
      }
      Throwable unavailable = candidate.unavailable();
      if (unavailable == null) {
        return candidate;
      }
      if (named) {
        LOG.error(
            "{} = {}: not to be had here: {}; using auto", KIND, asked, unavailable.toString());
        return kind("auto");
      }
      LOG.debug("{} is not to be had here", candidate, unavailable);
    }
    LOG.error("{} = {}: allowed is auto, io_uring, epoll or nio; using auto", KIND, asked);
    return kind("auto");
  }

  private static int threads(String asked) {
    try {
      int threads = Integer.parseInt(asked);
      if (threads >= 0 && threads <= MOST_THREADS) {
        return threads;
      }
    } catch (NumberFormatException notANumber) {
      // told below, as a number out of range is
    }
    LOG.error(
        "{} = {}: allowed is a whole number from 0 to {}; using 0", THREADS, asked, MOST_THREADS);
    return 0;
  }

  /** Connections are closed by then; what still runs gets a moment. */
  @Deactivate
  void deactivate() {
    for (EventLoopGroup group : Set.of(eventLoops, unixEventLoops)) {
      group.shutdownGracefully(0, 2000, MILLISECONDS).awaitUninterruptibly(3000, MILLISECONDS);
    }
    NettyLog.uninstall();
  }

  @Override
  public EventLoops tcp() {
    return new EventLoops(name(kind), eventLoops, kind.tcpServer);
  }

  @Override
  public EventLoops unix() {
    return new EventLoops(name(unixKind), unixEventLoops, unixKind.unixServer);
  }

  private static String name(TransportKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Class<? extends Channel> datagram() {
    return kind.datagram;
  }

  @Override
  public ChannelOption<Boolean> sharedPort() {
    return kind.sharedPort;
  }

  @Override
  public OptionalInt descriptor(Channel channel) {
    return channel instanceof UnixChannel unix
        ? OptionalInt.of(unix.fd().intValue())
        : OptionalInt.empty();
  }

  @Override
  public SocketAddress unixAddress(Path path) {
    return unixKind.unixAddress.apply(path);
  }
}
