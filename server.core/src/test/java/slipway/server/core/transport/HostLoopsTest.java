package slipway.server.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.server.core.watch.TestWatchdog;

@Timeout(60)
class HostLoopsTest {

  private final TestWatchdog test = new TestWatchdog();
  private HostLoops loops;

  @BeforeEach
  void none() {
    loops = null;
  }

  @AfterEach
  void end() throws Exception {
    test.close();
    if (loops != null) {
      loops.end(Duration.ofSeconds(1));
      loops.awaitEnd(Duration.ofSeconds(30), loop -> false);
      assertThat(loops.isTerminated()).isTrue();
    }
  }

  private EventLoop loop(TransportKind kind) {
    assumeTrue(kind.unavailable() == null);
    loops = new HostLoops(kind, 1, "counted", null);
    test.watchdog().watch(loops.loops());
    return loops.next();
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void aLoopThatIsBlockedIsToldAndOneThatWaitsIsNot(TransportKind kind) throws Exception {
    EventLoop loop = loop(kind);
    CountDownLatch over = new CountDownLatch(1);
    Blocked.until(over, loop);
    test.look(Duration.ZERO);
    test.look(TestWatchdog.AFTER);
    assertThat(test.watchdog().keeps(loop)).isPresent();

    over.countDown();
    loop.submit(() -> {}).sync();
    test.look(TestWatchdog.AFTER);
    while (test.watchdog().keeps(loop).isPresent()) { // until it waits again
      test.look(Duration.ZERO);
    }
    test.look(TestWatchdog.AFTER);
    test.look(TestWatchdog.AFTER);
    assertThat(test.watchdog().keeps(loop)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void nobodyButTheHostEndsThem(TransportKind kind) throws Exception {
    EventLoop loop = loop(kind);
    loop.shutdownGracefully();
    loop.parent().shutdownGracefully(0, 0, TimeUnit.SECONDS);
    assertThat(loop.submit(() -> 7).get()).isEqualTo(7);
    assertThat(loop.isShuttingDown()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void aServiceStillSeesWhatKindTheyAre(TransportKind kind) {
    HostLoop loop = (HostLoop) loop(kind);
    assertThat(loop.isIoType(NioIoHandler.class)).isEqualTo(kind == TransportKind.NIO);
    assertThat(loop.isIoType(EpollIoHandler.class)).isEqualTo(kind == TransportKind.EPOLL);
  }
}
