package slipway.server.core.transport;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.server.core.pipeline.LoopTasks;

/** On the event loops of every transport that runs here. */
@Timeout(60)
class LoopTasksTest {

  /** What a version schedules; loaded by a class loader of its own. */
  public static final class Left implements Callable<Integer>, Runnable {
    @Override
    public Integer call() {
      return 7;
    }

    @Override
    public void run() {}
  }

  /** Somebody else's task that knows an object. */
  private record Knows(Object what) implements Runnable {
    @Override
    public void run() {}
  }

  private static final class Version extends ClassLoader {
    Version() {
      super(Left.class.getClassLoader());
    }

    Object make() throws Exception {
      String name = Left.class.getName();
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length).getConstructor().newInstance();
      }
    }
  }

  private final Version gone = new Version();
  private HostLoops loops;

  @AfterEach
  void end() throws Exception {
    if (loops != null) {
      loops.end(Duration.ofSeconds(1));
      loops.awaitEnd(Duration.ofSeconds(30), loop -> false);
    }
  }

  private EventLoop loop(TransportKind kind) {
    assumeTrue(kind.unavailable() == null);
    loops = new HostLoops(kind, 1, "tasks", null);
    return loops.next();
  }

  private int cancel(EventLoop loop, Predicate<Class<?>> others) throws Exception {
    return loop.submit(() -> LoopTasks.cancel(gone, loop, others)).get();
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void whatAVersionHasScheduledIsCancelledOfWhateverForm(TransportKind kind) throws Exception {
    EventLoop loop = loop(kind);
    assertThat(cancel(loop, type -> false)).isZero();
    Object left = gone.make();
    CountDownLatch ran = new CountDownLatch(2);
    List<Future<?>> scheduled =
        List.of(
            loop.schedule((Runnable) left, 1, HOURS),
            loop.schedule((Callable<?>) left, 1, HOURS),
            loop.scheduleAtFixedRate((Runnable) left, 1, 1, HOURS),
            loop.scheduleWithFixedDelay((Runnable) left, 1, 1, HOURS),
            loop.scheduleAtFixedRate(new Knows(List.of(left)), 1, 1, HOURS));
    Future<?> others = loop.scheduleAtFixedRate(ran::countDown, 0, 1, MILLISECONDS);
    ran.await();
    assertThat(cancel(loop, type -> false)).isEqualTo(5);
    assertThat(scheduled).allMatch(Future::isCancelled);
    assertThat(cancel(loop, type -> false)).isZero();
    assertThat(others.isDone()).isFalse();
    others.cancel(false);
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void whatOthersHaveScheduledGoesOnWhateverTheyKnow(TransportKind kind) throws Exception {
    EventLoop loop = loop(kind);
    ConcurrentHashMap<String, Object> shared = new ConcurrentHashMap<>();
    shared.put("of the version", gone.make());
    Future<?> others = loop.schedule(new Knows(shared), 1, HOURS);
    Future<?> host = loop.schedule(new Knows(loop), 1, HOURS);
    assertThat(cancel(loop, type -> type == Knows.class)).isZero();
    assertThat(others.isDone()).isFalse();
    assertThat(host.isDone()).isFalse();
    assertThat(cancel(loop, type -> false)).isOne();
    assertThat(host.isDone()).isFalse();
  }
}
