package slipway.server.core.unload;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

@Timeout(60)
class UnloadsTest {

  private final Unloads unloads =
      new Unloads(
          List.of(),
          new LeftTasks(List.of(), type -> false),
          List::of,
          new Holders(loader -> List.of(), Map::of, List::of),
          Clock.systemUTC());

  private static FrameworkEvent event(int type) {
    Bundle any =
        (Bundle)
            Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> null);
    return new FrameworkEvent(type, any, null);
  }

  @Test
  void nobodyIsBlamedForWhatTheFrameworkHasNotGivenUpYet() throws Exception {
    FrameworkListener first = unloads.refresh();
    FrameworkListener second = unloads.refresh();
    CountDownLatch told = new CountDownLatch(1);
    Thread asking =
        Thread.ofPlatform()
            .start(
                () -> {
                  unloads.leaks();
                  told.countDown();
                });
    first.frameworkEvent(event(FrameworkEvent.PACKAGES_REFRESHED));
    first.frameworkEvent(event(FrameworkEvent.PACKAGES_REFRESHED));
    second.frameworkEvent(event(FrameworkEvent.WARNING));
    while (asking.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(told.getCount()).isOne();
    second.frameworkEvent(event(FrameworkEvent.PACKAGES_REFRESHED));
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoeverIsInAHurryIsAnsweredAtOnce() {
    unloads.refresh();
    Thread.currentThread().interrupt();
    assertThat(unloads.leaks()).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nothingIsKnownBeforeASearch() {
    assertThat(unloads.known()).isEmpty();
  }
}
