package slipway.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers that the host is compared with. All have one event loop a processor, as the host. */
public final class Peers {

  private static final String LOOPS = Integer.toString(Runtime.getRuntime().availableProcessors());
  private static final Path C_ECHO = Path.of("bench/target/echo");
  private static final Path C_PACKETS = Path.of("bench/target/packets");

  private final Path distribution;

  /** The distribution's options for Java are the peers', too. */
  public Peers(Path distribution) {
    this.distribution = distribution;
  }

  public Server.Kind netty(String transport) {
    return java("Netty " + transport, "NettyEcho", transport, LOOPS);
  }

  /** Bare Netty that answers a client's first line with itself, as the host's dispatch does. */
  public Server.Kind nettyNamed(String transport) {
    return java("Netty " + transport, "NettyEcho", transport, LOOPS, "named");
  }

  /** The same, with one more event loop that accepts the clients, as in the host. */
  public Server.Kind nettyNamedApart(String transport) {
    return java(
        "Netty " + transport + ", accepting apart",
        "NettyEcho",
        transport,
        LOOPS,
        "named",
        "apart");
  }

  public Server.Kind mina() {
    return java("MINA", "MinaEcho", LOOPS);
  }

  public Server.Kind virtualThreads() {
    return java("virtual threads", "VirtualThreadEcho");
  }

  /** Whether a C compiler was there, so that there are both C programs. */
  public static boolean hasC() {
    return Files.isExecutable(C_ECHO) && Files.isExecutable(C_PACKETS);
  }

  /** The C epoll loop that echoes what comes. */
  public Server.Kind c() {
    return c(C_ECHO);
  }

  /** The C epoll loop that echoes and publishes packets of a format. */
  public Server.Kind cPackets(String format) {
    return c(C_PACKETS, format);
  }

  private static Server.Kind c(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toAbsolutePath().toString(), LOOPS));
    command.addAll(List.of(arguments));
    return new Server.Kind("C epoll", () -> Peer.start(command));
  }

  /** The host as clients find it who name their service. */
  public Server.Kind host() {
    return new Server.Kind("host", () -> Host.start(distribution));
  }

  /** The host as clients find it whose acceptor says which service they get. */
  public Server.Kind hostFixed() {
    return new Server.Kind("host, fixed", () -> Host.start(distribution).fixed());
  }

  /** Bare Netty that echoes and publishes packets of a format. */
  public Server.Kind nettyPackets(String transport, String format) {
    return java("Netty " + transport, "NettyPackets", transport, LOOPS, format);
  }

  /**
   * The host, whose acceptor leads to the service of packets.
   *
   * @param lines the configuration of the packets
   */
  public Server.Kind hostPackets(String... lines) {
    return new Server.Kind(
        "host", () -> Host.start(new HostCopy(distribution).leadingTo("packets", lines)).fixed());
  }

  private Server.Kind java(String name, String program, String... arguments) {
    return new Server.Kind(name, () -> start(program, arguments));
  }

  private Server start(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(Java.command(distribution));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "slipway.bench.server." + program));
    command.addAll(List.of(arguments));
    return Peer.start(command);
  }
}
