package slipway.bots.link;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * The event loops of the bots: few, each with many connections. Nothing is shared between them, so
 * what they count is asked of each and added. Safe for use by any thread except the event loops.
 */
public final class Loops implements AutoCloseable {

  /** Below every server's backlog, which is 1,024 or 4,096 usually. */
  private static final int CONNECTS_UNDER_WAY = 256;

  private final MultiThreadIoEventLoopGroup group;
  private final List<Loop> all;

  private Loops(MultiThreadIoEventLoopGroup group, List<Loop> all) {
    this.group = group;
    this.all = all;
  }

  /**
   * Starts event loops, whose connections all lead to one server.
   *
   * @param count of event loops
   * @throws UnknownHostException if nobody knows the server's name
   */
  public static Loops open(Target target, int count) throws UnknownHostException {
    InetSocketAddress server = target.resolve();
    if (server.isUnresolved()) {
      throw new UnknownHostException("no address is known of " + target.host());
    }
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    Class<? extends Channel> type = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(count, io);
    List<Loop> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EventLoop events = group.next();
      Links links = new Links();
      int limit = Math.max(1, CONNECTS_UNDER_WAY / count);
      all.add(new Loop(events, links, new Dialer(events, type, server, limit, links)));
    }
    Loops loops = new Loops(group, List.copyOf(all));
    loops.on(Loop::start);
    return loops;
  }

  /** As many as a load generator should have: half of the processors, as the server needs some. */
  public static int usualCount() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /** The loops, always in the same order. */
  public List<Loop> all() {
    return all;
  }

  /** The loop of a bot. */
  public Loop of(int bot) {
    return all.get(bot % all.size());
  }

  /** Does something in each event loop, and waits until all have done it. */
  public void on(Consumer<Loop> action) {
    ask(
        loop -> {
          action.accept(loop);
          return loop;
        });
  }

  /** Asks something in each event loop; the answers in the order of {@link #all}. */
  public <T> List<T> ask(Function<Loop, T> question) {
    List<CompletableFuture<T>> answers = new ArrayList<>();
    for (Loop loop : all) {
      answers.add(CompletableFuture.supplyAsync(() -> question.apply(loop), loop.events()));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  /** What became of all connections. */
  public Links links() {
    return ask(loop -> new Links().add(loop.links())).stream().reduce(new Links(), Links::add);
  }

  /** How late the event loops were, in nanoseconds. */
  public Histogram lateness() {
    Histogram sum = Times.histogram();
    ask(loop -> loop.lateness().copy()).forEach(sum::add);
    return sum;
  }

  /** Ends the event loops, and closes what is open. Returns when they have ended. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 0, MILLISECONDS).syncUninterruptibly();
  }
}
