package slipway.server.acceptor;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;
import slipway.net.Transport;

/**
 * A bound address: the listening channel and, with discovery, the one for datagrams. Made, changed
 * and closed by the acceptors' thread.
 */
final class Listener {

  private final ListenAddress address;
  private int backlog;
  private final boolean operators;
  private final Channel channel;
  private final AcceptGate gate;
  private final UnixSocketFile file;
  private final int port;
  private Channel discovery;

  private Listener(
      AcceptorSettings settings, Channel channel, AcceptGate gate, UnixSocketFile file) {
    this.address = settings.address();
    this.backlog = settings.backlog();
    this.operators = settings.isOperators();
    this.channel = channel;
    this.gate = gate;
    this.file = file;
    gate.keep();
    this.port = channel.localAddress() instanceof InetSocketAddress bound ? bound.getPort() : 0;
  }

  /**
   * Binds the address of an acceptor; nobody is accepted yet.
   *
   * @param home what relative paths count from; null for the working directory
   * @param replaced a listener whose port or file this one takes, while that one still has it; null
   *     for none. It stays open, whatever happens
   * @param admitted called with each client's channel, in that channel's event loop
   * @throws IOException if it cannot be bound; the message is the reason
   */
  static Listener bind(
      AcceptorSettings settings,
      Path home,
      Transport transport,
      AcceptGate gate,
      Listener replaced,
      Consumer<Channel> admitted)
      throws IOException {
    ListenAddress address = settings.address();
    Transport.EventLoops loops = loops(settings, transport);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.accepting(), loops.group())
            .channel(loops.server())
            .option(ChannelOption.SO_BACKLOG, settings.backlog())
            .option(ChannelOption.AUTO_READ, false)
            .handler(gate)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    admitted.accept(client);
                  }
                });
    if (address instanceof ListenAddress.Tcp socket) {
      bootstrap
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childOption(ChannelOption.SO_KEEPALIVE, true);
      Channel bound =
          replaced == null
              ? await(bootstrap.bind(socket.socketAddress()))
              : replaced.share(bootstrap, socket.socketAddress(), transport.sharedPort());
      return new Listener(settings, bound, gate, null);
    }
    Path path = UnixSocketFile.shortest(((ListenAddress.Unix) address).path(), home);
    UnixSocketFile file = new UnixSocketFile(path);
    file.prepare(replaced == null ? null : replaced.file);
    Channel channel = await(bootstrap.bind(transport.unixAddress(file.draft())));
    try {
      file.publish();
    } catch (IOException failed) {
      gate.letGo();
      channel.close().awaitUninterruptibly();
      throw failed;
    }
    return new Listener(settings, channel, gate, file);
  }

  private static Transport.EventLoops loops(AcceptorSettings settings, Transport transport) {
    if (!(settings.address() instanceof ListenAddress.Tcp)) {
      return settings.isOperators() ? transport.operators() : transport.unix();
    }
    Transport.EventLoops tcp = transport.tcp();
    return settings.isOperators() ? unkept(tcp) : tcp;
  }

  /** All of it where clients are accepted: no service of users can keep an operator waiting. */
  private static Transport.EventLoops unkept(Transport.EventLoops tcp) {
    return new Transport.EventLoops(tcp.name(), tcp.accepting(), tcp.accepting(), tcp.server());
  }

  /**
   * Binds what takes this one's port. Both are marked for that moment alone: afterwards the port is
   * closed to others as before.
   */
  private Channel share(
      ServerBootstrap bootstrap, InetSocketAddress next, ChannelOption<Boolean> sharedPort)
      throws IOException {
    channel.config().setOption(sharedPort, true);
    try {
      Channel bound = await(bootstrap.option(sharedPort, true).bind(next));
      bound.config().setOption(sharedPort, false);
      return bound;
    } finally {
      channel.config().setOption(sharedPort, false);
    }
  }

  private static Channel await(ChannelFuture binding) throws IOException {
    binding.awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new IOException(reason(binding.cause()), binding.cause());
    }
    return binding.channel();
  }

  /** The system's words, without the name of the call that failed. */
  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.substring(message.lastIndexOf(": ") + 1).strip();
  }

  /** Whether it is as these settings want it, in what can only be given when it is bound. */
  boolean isBoundAs(AcceptorSettings settings) {
    return address.equals(settings.address()) && operators == settings.isOperators();
  }

  /**
   * Says how many clients may wait from now on. Those that wait already keep waiting: binding again
   * would cut them off.
   *
   * @return false if that cannot be changed while it is bound, as on NIO
   */
  boolean backlog(int most) {
    if (most != backlog
        && channel instanceof UnixChannel unix
        && unix.fd() instanceof Socket socket) {
      backlog = most;
      channel.eventLoop().submit(() -> listen(socket, most)).awaitUninterruptibly();
    }
    return most == backlog;
  }

  /** Again, which the system takes for a change; in the event loop, so that it is still open. */
  private Void listen(Socket socket, int most) throws IOException {
    if (channel.isOpen()) {
      socket.listen(most);
    }
    return null;
  }

  ListenAddress address() {
    return address;
  }

  /** The port that it is bound to; 0 for a Unix domain socket. */
  int port() {
    return port;
  }

  /** Accepts clients, or leaves them in the backlog; returns when it is so. */
  void accept(boolean accepting) {
    gate.start(accepting).awaitUninterruptibly();
  }

  /**
   * Says what is to be done if it closes and the host has not closed it.
   *
   * @param action called in an event loop, with what was done to it
   */
  void whenLost(Consumer<String> action) {
    channel
        .closeFuture()
        .addListener(
            closed -> {
              if (!gate.isLetGo()) {
                action.accept(
                    gate.damage().isEmpty()
                        ? "its channel was closed from outside"
                        : gate.damage());
              }
            });
  }

  /** Clients that had to wait may be accepted. */
  void lookAgain() {
    gate.lookAgain();
  }

  boolean hasDiscovery() {
    return discovery != null;
  }

  /** Begins to answer datagrams. */
  void startDiscovery(Transport transport) throws IOException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(transport.tcp().accepting())
            .channelFactory(new ReflectiveChannelFactory<Channel>(transport.datagram()))
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(2 * Discovery.MAX_LENGTH))
            .handler(new Discovery());
    discovery = await(bootstrap.bind(((ListenAddress.Tcp) bound()).socketAddress()));
  }

  /** Answers no more datagrams. */
  void stopDiscovery() {
    if (discovery != null) {
      discovery.close().awaitUninterruptibly();
      discovery = null;
    }
  }

  /** Lets the address go; returns when it is free. Connections are not touched. */
  void close() {
    stopDiscovery();
    if (file != null) {
      file.remove();
      awaitNextRound(); // in which clients are accepted that came before; no more come
    }
    gate.letGo();
    channel.close().awaitUninterruptibly();
    awaitNextRound(); // in which the JDK's selector lets a closed socket go
  }

  /** A task that is due later runs in the next round, while one that is due now may in this. */
  private void awaitNextRound() {
    channel.eventLoop().schedule(() -> {}, 1, MILLISECONDS).awaitUninterruptibly();
  }

  /** The address that it was asked to bind, with the port that it has got. */
  ListenAddress bound() {
    return address instanceof ListenAddress.Tcp tcp
        ? new ListenAddress.Tcp(tcp.ip(), tcp.zone(), port)
        : address;
  }

  @Override
  public String toString() {
    return bound().toString();
  }
}
