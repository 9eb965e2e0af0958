package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketCodec;
import slipway.packet.PacketEnd;
import slipway.packet.PacketFormat;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.server.world.park.ParkFolder;
import slipway.testkit.TestHost;
import slipway.thread.ControlThread;
import slipway.world.WorldSpec;

/** Peers that come back by sockets, to sessions in loops and event loops of the host's own. */
class ResumeSocketTest {

  private static final int PLAYERS = 12;
  private static final int CUTS = 15;
  private static final PacketFormat FORMAT = PacketFormat.net(0x77, PacketCodec.chained(1), 200);

  private final ScheduledExecutorService control = ControlThread.named("test-worlds");
  private final HostWorlds worlds =
      new HostWorlds(
          new WorldRules(),
          new ParkFolder(Path.of("not-there")),
          Loops.started(new LoopsRule(2, Duration.ZERO)),
          control,
          rehearsals -> CompletableFuture.completedFuture(null),
          version -> new VersionName("numbers", "1"),
          System::nanoTime,
          Runnable::run);
  private final Packets packets =
      new Packets(
          connection -> PacketSettings.usual(FORMAT).resume(Duration.ofMinutes(5), 64 * 1024));
  private final Numbers service =
      new Numbers(packets, worlds, WorldSpec.game("play").fps(WorldSpec.MOST_FPS));
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());
  private TestHost host;
  private Channel server;

  @BeforeEach
  void open() throws Exception {
    worlds.ready(service).toCompletableFuture().get();
    host = new TestHost("numbers", service);
    server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    host.serve(accepted);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  @AfterEach
  void close() {
    server.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    host.close();
    worlds.close();
  }

  /** Says numbers, and is cut again and again, at any byte that comes or goes. */
  private final class Player {
    private final SplittableRandom random;
    private final NumbersClient client = new NumbersClient(FORMAT);
    private final List<Socket> open = new ArrayList<>();
    private Socket socket;

    private Player(int number) {
      random = new SplittableRandom(number);
    }

    private void connect() throws IOException {
      socket = new Socket();
      socket.setSoTimeout(60_000);
      socket.connect(server.localAddress());
      open.add(socket);
    }

    private void send(byte... bytes) {
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException lost) {
        throw new UncheckedIOException(lost);
      }
    }

    private void hear(int most) throws IOException {
      byte[] bytes = new byte[most];
      InputStream in = socket.getInputStream();
      int count = in.read(bytes);
      if (count < 0) {
        throw new IOException("it is closed");
      }
      client.hears(Arrays.copyOf(bytes, count));
    }

    private void play() throws Exception {
      connect();
      client.enters(this::send);
      for (int cut = 0; cut < CUTS; cut++) {
        while (!client.isIn()) {
          hear(1 + random.nextInt(50));
        }
        for (int left = random.nextInt(40); left > 0; left--) {
          client.says(random.nextInt(5));
          hear(1 + random.nextInt(100));
          if (random.nextInt(8) == 0) {
            client.acknowledges();
          }
        }
        cut();
        client.loses();
        client.says(random.nextInt(3));
        connect();
        client.resumes(this::send);
      }
      while (!client.isIn() || !client.hasHeardAll()) {
        hear(1000);
      }
      client.sends(Numbers.END);
      while (socket.getInputStream().read() >= 0) {
        // what was sent before the end
      }
      for (Socket each : open) {
        each.close();
      }
    }

    /** The peer sees its connection cut. The host may see that later, or never. */
    private void cut() throws IOException {
      switch (random.nextInt(3)) {
        case 0 -> {
          socket.setSoLinger(true, 0); // by a reset
          socket.close();
        }
        case 1 -> socket.close();
        default -> {
          // its old connection stays open
        }
      }
    }
  }

  @Test
  void nothingIsLostOrDoubled() throws Exception {
    List<Player> players = new ArrayList<>();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int each = 0; each < PLAYERS; each++) {
      Player player = new Player(each);
      CompletableFuture<Void> end = new CompletableFuture<>();
      players.add(player);
      ends.add(end);
      Thread.ofPlatform()
          .name("player-" + each)
          .daemon()
          .start(
              () -> {
                try {
                  player.play();
                  end.complete(null);
                } catch (Throwable failed) {
                  end.completeExceptionally(failed);
                }
              });
    }
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get();
    assertThat(service.wrong).isEmpty();
    assertThat(players)
        .allSatisfy(
            player -> {
              assertThat(player.client.wrong()).isEmpty();
              assertThat(player.client.times()).isEqualTo(CUTS);
            });
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (packets.sessions("numbers").count() > 0 || places() > 0) {
      assertThat(System.nanoTime() - deadline).isNegative();
      Thread.onSpinWait();
    }
    assertThat(packets.sessions("numbers").ended(PacketEnd.CLOSED)).isEqualTo(PLAYERS);
    assertThat(packets.sessions("numbers").ended(PacketEnd.values())).isEqualTo(PLAYERS);
  }

  private int places() {
    return worlds.directory().entries().stream()
        .mapToInt(entry -> entry.world().places().taken())
        .sum();
  }
}
