package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Health as supervisors see it: by {@code bin/slipway health}, and as systemd is told. */
public class HealthIT {

  private static final long PATIENCE_SECONDS = 60;

  @Rule public final UnpackedHost host = new UnpackedHost();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String fails(String... arguments) throws Exception {
    UnpackedHost.Result result = host.run(arguments);
    assertEquals(result.out() + result.err(), 1, result.exit());
    return result.out() + result.err();
  }

  @Test
  public void withoutAHostItFailsAndSaysSo() throws Exception {
    UnpackedHost.Result result = host.run("health");
    assertEquals(69, result.exit());
    assertTrue(result.err(), result.err().contains("no host runs in"));
  }

  @Test
  public void aHostThatRunsSucceedsInAllProbes() throws Exception {
    host.done("start");
    HostIT.eventually("readiness", 0, () -> host.run("health").exit());
    String readiness = host.done("health");
    for (String check :
        new String[] {"acceptors", "database", "event loops", "host", "services", "start"}) {
      assertTrue(readiness, readiness.contains("\n" + check + " "));
    }
    assertFalse(readiness, readiness.contains("FAILED"));
    assertTrue(host.done("health", "startup").contains("start"));
    String liveness = host.done("health", "liveness");
    assertTrue(liveness, liveness.contains("threads"));
    assertFalse("the database is no part of it", liveness.contains("database"));
    assertTrue(host.done("health", "--json").startsWith("[\n{\"check\":\"acceptors\""));
    String lag = host.done("dump", "lag");
    assertTrue(lag, lag.contains("slipway-control: a task waits "));
  }

  @Test
  public void anAddressThatIsTakenFailsReadinessAlone() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      host.configure("slipway.acceptor-taken.cfg", "port = " + taken.getLocalPort() + "\n");
      host.run("start");
      String readiness = fails("health");
      assertTrue(readiness, readiness.contains("taken is not bound: "));
      assertTrue(readiness, readiness.contains("Error: health: readiness fails: acceptors\n"));
      host.done("health", "liveness");
      assertTrue(host.done("health", "startup").contains("WARNING"));
    }
    HostIT.eventually("readiness once the address is free", 0, () -> host.run("health").exit());
  }

  @Test
  public void whileTheHostWaitsForItsConnectionsItIsNotReady() throws Exception {
    host.done("start");
    Process waiting;
    try (Client client = Client.of("echo", host.port())) {
      assertTrue(client.answers("hello"));
      waiting = host.command("wait").start();
      HostIT.eventually("readiness", 1, () -> host.run("health").exit());
      assertTrue(fails("health").contains("it waits for its connections to end"));
    }
    assertTrue(waiting.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    HostIT.eventually("readiness", 0, () -> host.run("health").exit());
  }

  @Test
  public void aHostThatIsFrozenFailsWithinTheTimeThatIsGiven() throws Exception {
    host.done("start");
    String pid = Long.toString(host.process().orElseThrow().pid());
    signal("-STOP", pid);
    try {
      assertTrue(fails("--timeout", "2s", "health").contains("did not end within 2s"));
    } finally {
      signal("-CONT", pid);
    }
    HostIT.eventually("liveness", 0, () -> host.run("health", "liveness").exit());
  }

  private static void signal(String signal, String pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", signal, pid).start().waitFor());
  }

  @Test
  public void systemdIsToldByAPath() throws Exception {
    isTold(folder.getRoot().toPath().resolve("notify").toString());
  }

  @Test
  public void systemdIsToldByAnAbstractName() throws Exception {
    isTold("@slipway-it-" + ProcessHandle.current().pid());
  }

  private void isTold(String address) throws Exception {
    assumeTrue(Epoll.isAvailable());
    try (Systemd systemd = new Systemd(address)) {
      ProcessBuilder run = host.command("run");
      run.environment().put("NOTIFY_SOCKET", address);
      run.environment().put("WATCHDOG_USEC", "1000000");
      run.redirectOutput(folder.newFile()).redirectErrorStream(true);
      Process process = run.start();
      String ready = systemd.first("READY=1");
      assertTrue(ready, ready.contains("\nSTATUS=Slipway "));
      systemd.first("WATCHDOG=1");
      String pid = Long.toString(host.process().orElseThrow().pid());
      assertFalse("the environment", environment(pid).contains("NOTIFY_SOCKET"));
      host.done("stop", "--timeout", "1s");
      assertTrue(systemd.first("STOPPING=1").contains("STATUS=ends"));
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  private static String environment(String pid) throws IOException {
    return Files.readString(Path.of("/proc", pid, "environ"), StandardCharsets.ISO_8859_1);
  }

  /** A datagram socket, as systemd has one. */
  private static final class Systemd implements AutoCloseable {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Channel channel;

    Systemd(String address) {
      channel =
          new Bootstrap()
              .group(loop)
              .channel(EpollDomainDatagramChannel.class)
              .handler(
                  new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(
                        ChannelHandlerContext context, DomainDatagramPacket packet) {
                      received.add(packet.content().toString(StandardCharsets.UTF_8));
                    }
                  })
              .bind(new DomainSocketAddress(address.replaceFirst("^@", "\0")))
              .syncUninterruptibly()
              .channel();
    }

    /** The next message that begins with a word. */
    String first(String word) throws InterruptedException {
      String next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      while (next != null && !next.startsWith(word)) {
        next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      assertTrue(word, next != null);
      return next;
    }

    @Override
    public void close() {
      channel.close().syncUninterruptibly();
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }
}
