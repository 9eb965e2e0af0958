package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

class CheckArrivalsTest {

  private final List<ServiceReference<?>> registered = new CopyOnWriteArrayList<>();
  private final CheckArrivals arrivals = new CheckArrivals(() -> registered);
  private final ServiceReference<?> one = reference();
  private final ServiceReference<?> two = reference();

  private static ServiceReference<?> reference() {
    return (ServiceReference<?>)
        Proxy.newProxyInstance(
            CheckArrivalsTest.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private CompletableFuture<Void> settled() {
    return arrivals.settled().toCompletableFuture();
  }

  @Test
  void nothingIsWaitedForIfNothingIsRegistered() {
    assertThat(settled()).isDone();
  }

  @Test
  void whoWaitsIsToldWhenAllHaveBeenAsked() {
    registered.addAll(List.of(one, two));
    CompletableFuture<Void> waiting = settled();
    arrivals.known(one);
    assertThat(waiting).isNotDone();
    arrivals.known(two);
    assertThat(waiting).isDone();
    assertThat(settled()).isDone();
  }

  @Test
  void oneThatComesAgainIsAskedAgain() {
    registered.add(one);
    arrivals.known(one);
    arrivals.gone(one);
    assertThat(settled()).isNotDone();
  }

  @Test
  void oneThatNeverComesIsNotWaitedForForever() {
    registered.add(one);
    assertThat(settled()).succeedsWithin(Duration.ofMinutes(1));
  }
}
