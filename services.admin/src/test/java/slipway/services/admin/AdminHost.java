package slipway.services.admin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.gogo.runtime.activator.Activator;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import slipway.command.Completion;
import slipway.net.Transport;
import slipway.server.core.transport.HostTransport;
import slipway.testkit.TestHost;

/** A real framework with a real Gogo, and the service behind a real socket. */
final class AdminHost {

  private static final InputStream IN = System.in;
  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  /** They serve all tests, as what ends late in one of them needs them still. */
  private static final EventLoopGroup NIO = eventLoops(NioIoHandler.newFactory());

  /** As {@link #NIO}, made when it is known that it can be: the host's own. */
  private static final class OnEpoll {
    static final Transport TRANSPORT = new HostTransport("epoll", "1");
  }

  private final Framework framework;
  private final Activator gogo = new Activator();
  private final Path folder;
  final BundleContext context;
  final AdminService service;
  private final TestHost host;
  private Channel acceptor;
  private SocketAddress address;

  AdminHost(Path folder, Map<String, Object> configuration) throws Exception {
    this.folder = folder;
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("cache").toString(),
                    "felix.log.level",
                    "0"));
    framework.start();
    context = framework.getBundleContext();
    restoreStreams();
    gogo.start(context);
    CommandProcessor processor =
        context.getService(context.getServiceReference(CommandProcessor.class));
    service = new AdminService(context, processor, configuration);
    host = new TestHost("admin", service);
  }

  /** Gogo takes them again when a command ends after it has been stopped. */
  private static void restoreStreams() {
    System.setIn(IN);
    System.setOut(OUT);
    System.setErr(ERR);
  }

  private static EventLoopGroup eventLoops(IoHandlerFactory io) {
    return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("test-io", true), io);
  }

  void command(String scope, String name, Function command) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(CommandProcessor.COMMAND_SCOPE, scope);
    properties.put(CommandProcessor.COMMAND_FUNCTION, name);
    context.registerService(Function.class, command, properties);
  }

  /** What completes the arguments of commands, by their names. */
  void completion(Completion completion, String... commands) {
    Completion some =
        words ->
            List.of(commands).contains(words.get(0)) ? completion.candidates(words) : List.of();
    context.registerService(Completion.class, some, null);
  }

  /** On the best transport that there is. */
  AdminHost listen() {
    if (!Epoll.isAvailable()) {
      return onNio();
    }
    Path path = folder.resolve("admin.sock");
    address = UnixDomainSocketAddress.of(path);
    Transport.EventLoops loops = OnEpoll.TRANSPORT.operators();
    return listen(loops.group(), loops.server(), OnEpoll.TRANSPORT.unixAddress(path));
  }

  /** On a transport that knows clients that only end their output. */
  AdminHost listenToHalves() {
    assumeTrue(Epoll.isAvailable());
    return listen();
  }

  AdminHost onNio() {
    address = UnixDomainSocketAddress.of(folder.resolve("admin.sock"));
    return listen(NIO, NioServerDomainSocketChannel.class, address);
  }

  AdminHost onTcp() {
    listen(
        NIO,
        NioServerSocketChannel.class,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    address = acceptor.localAddress();
    return this;
  }

  private AdminHost listen(
      EventLoopGroup eventLoops, Class<? extends ServerChannel> type, SocketAddress local) {
    acceptor =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(type)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (!(channel instanceof NioDomainSocketChannel)) { // it knows no such thing
                      channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
                    }
                    host.serve(channel);
                  }
                })
            .bind(local)
            .syncUninterruptibly()
            .channel();
    return this;
  }

  Client connect() throws IOException {
    return new Client(address);
  }

  void close() throws Exception {
    if (acceptor != null) {
      acceptor.close().syncUninterruptibly();
    }
    gogo.stop(context);
    framework.stop();
    framework.waitForStop(10_000);
  }
}
