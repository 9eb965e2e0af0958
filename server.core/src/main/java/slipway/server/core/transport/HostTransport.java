package slipway.server.core.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.dump.Dump;
import slipway.dump.Dumpable;
import slipway.net.Transport;
import slipway.server.core.watch.Occupation;
import slipway.server.core.watch.Occupied;
import slipway.server.core.watch.Watchdog;

/**
 * The event loops of the host: those of services' connections, and those of the host's own, which
 * accept clients and serve operators. No code of a service runs on the latter, so no service can
 * keep them.
 *
 * <p>Framework properties and not Config Admin say what they are, as no connection can outlive
 * them: {@code slipway.transport} is {@code auto} (the best that runs here), {@code io_uring},
 * {@code epoll} or {@code nio}; {@code slipway.threads} is their number, 0 for one per processor.
 */
@Component(service = {Transport.class, HostTransport.class, Dumpable.class})
public final class HostTransport implements Transport, Dumpable {

  private static final Logger LOG = LoggerFactory.getLogger(HostTransport.class);
  private static final String KIND = "slipway.transport";
  private static final String THREADS = "slipway.threads";
  private static final int MOST_THREADS = 1024;

  /**
   * Netty renews a multi-shot accept that has failed or ended by itself, even if nothing is read:
   * it would take a whole core while file descriptors are short, and accept clients that a stopped
   * acceptor leaves in the backlog.
   */
  private static final String MULTI_SHOT = "io.netty.iouring.acceptMultiShotEnabled";

  /** How long the loops may still be busy at the end, and may take to end then. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final Duration END = Duration.ofSeconds(3);

  private final TransportKind kind;
  private final UnixTransport unix;
  private final String warning;
  private Predicate<Object> isKept = loop -> false;
  private final HostLoops own;
  private final HostLoops ownUnix;
  private final HostLoops services;
  private final HostLoops unixServices;

  /** For Declarative Services. */
  @Activate
  public HostTransport(BundleContext context, @Reference Watchdog watchdog) {
    this(context.getProperty(KIND), context.getProperty(THREADS));
    all().forEach(loops -> watchdog.watch(loops.loops()));
    isKept = loop -> watchdog.keeps(loop).isPresent();
  }

  /**
   * Makes event loops that no watchdog watches, as for a test.
   *
   * @param kind {@code slipway.transport}; null if it is not set
   * @param threads {@code slipway.threads}; null if it is not set
   */
  public HostTransport(String kind, String threads) {
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
    int asked = threads(threads == null ? "0" : threads.strip());
    int count = asked == 0 ? Runtime.getRuntime().availableProcessors() : asked;
    this.unix = UnixTransport.beside(this.kind);
    boolean same = unix.kind == this.kind;
    this.own = new HostLoops(this.kind, 1, "slipway-host", null);
    this.ownUnix = same ? own : new HostLoops(unix.kind, 1, "slipway-host-unix", null);
    this.services = new HostLoops(this.kind, count, "slipway-io", own);
    this.unixServices = same ? services : new HostLoops(unix.kind, 1, "slipway-io-unix", ownUnix);
  }

  private Stream<HostLoops> all() {
    return Stream.of(services, unixServices, own, ownUnix).distinct();
  }

  /** All event loops, each with what tells what it does. */
  public Map<Executor, Occupation> loops() {
    Map<Executor, Occupation> loops = new LinkedHashMap<>();
    all()
        .flatMap(group -> StreamSupport.stream(group.spliterator(), false))
        .forEach(loop -> loops.put(loop, ((Occupied) loop).occupation()));
    return loops;
  }

  /** Why the event loops are not the best available or not those asked for; empty if they are. */
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
    all().forEach(loops -> loops.end(QUIET));
    all().forEach(loops -> loops.awaitEnd(END, isKept));
    NettyLog.uninstall();
  }

  @Override
  public String title() {
    return "event loops";
  }

  @Override
  public void dump(Dump dump) {
    dump.line("transport " + name(kind) + (warning.isEmpty() ? "" : ": " + warning));
    all().forEach(loops -> loops.describe(dump));
  }

  @Override
  public EventLoops tcp() {
    return new EventLoops(name(kind), own, services, kind.tcpServer);
  }

  @Override
  public EventLoops unix() {
    return new EventLoops(name(unix.kind), ownUnix, unixServices, unix.server);
  }

  @Override
  public EventLoops operators() {
    return new EventLoops(name(unix.kind), ownUnix, ownUnix, unix.server);
  }

  private static String name(TransportKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Class<? extends Channel> client() {
    return kind.tcpClient;
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
