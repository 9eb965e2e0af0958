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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
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
@Component(service = {Transport.class, HostTransport.class})
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
  private final UnixTransport unix;
  private final String warning;
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
    Choice choice = Choice.of(kind == null ? "auto" : kind.strip());
    this.kind = choice.kind();
    this.warning = choice.warning();
    if (!warning.isEmpty()) {
      LOG.warn(warning);
    }
    int count = threads(threads == null ? "0" : threads.strip());
    this.eventLoops =
        eventLoops(
            this.kind,
            count == 0 ? Runtime.getRuntime().availableProcessors() : count,
            "slipway-io");
    this.unix = UnixTransport.beside(this.kind);
    this.unixEventLoops =
        unix.kind == this.kind ? eventLoops : eventLoops(unix.kind, 1, "slipway-io-unix");
  }

  private static EventLoopGroup eventLoops(TransportKind kind, int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), kind.newHandlers());
  }

  /** Why the event loops are not the ones that were to be had; empty if they are. */
  public String warning() {
    return warning;
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
    // often they are one
    for (EventLoopGroup group : new LinkedHashSet<>(List.of(eventLoops, unixEventLoops))) {
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
    return new EventLoops(name(unix.kind), unixEventLoops, unix.server);
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
    return unix.address.apply(path);
  }
}
