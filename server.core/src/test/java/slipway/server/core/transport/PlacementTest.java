package slipway.server.core.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlacementTest {

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final HostLoops loops = new HostLoops(TransportKind.NIO, 3, "placement", clock);
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void end() throws Exception {
    over.countDown();
    loops.end(Duration.ofSeconds(1));
    assertThat(loops.awaitTermination(30, SECONDS)).isTrue();
    clock.shutdownNow();
  }

  /** Not by {@code sync}, which refuses to wait for who is told in any thread. */
  private static void await(ChannelFuture placed) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    placed.addListener(future -> done.countDown());
    done.await();
    assertThat(placed.isSuccess()).isTrue();
  }

  @Test
  void whoeverComesIsTakenByALoopThatIsFree() throws Exception {
    EventLoop free = loops.next();
    Blocked.until(over, loops.next());
    Blocked.until(over, loops.next());
    for (int i = 0; i < 6; i++) {
      NioSocketChannel client = new NioSocketChannel();
      ChannelFuture placed = loops.register(client);
      await(placed);
      assertThat(client.eventLoop()).isSameAs(free);
      client.close().sync();
    }
  }

  @Test
  void whoFindsNoFreeOneIsTakenByTheFirstThatGoesOn() throws Exception {
    for (int i = 0; i < 3; i++) {
      Blocked.until(over, loops.next());
    }
    NioSocketChannel client = new NioSocketChannel();
    ChannelFuture placed = loops.register(client);
    assertThat(placed.isDone()).isFalse();
    over.countDown();
    await(placed);
    assertThat(client.isRegistered()).isTrue();
    client.close().sync();
  }
}
