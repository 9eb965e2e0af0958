package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import slipway.config.Durations;
import slipway.service.Successor;

/**
 * How a version goes on with what others run beside their users. They stay active until it has, or
 * until it is known that it cannot. Belongs to the control thread.
 */
final class SuccessorStart {

  private final ScheduledExecutorService control;
  private final Runnable failed;

  /**
   * Makes it.
   *
   * @param failed what to do when a version is known as one that cannot go on
   */
  SuccessorStart(ScheduledExecutorService control, Runnable failed) {
    this.control = control;
    this.failed = failed;
  }

  /**
   * Begins it; to be called before the others drain.
   *
   * @param next what to do when it goes on
   * @return completed when that is done, or when it cannot go on
   */
  CompletionStage<Void> takeOver(
      Version version,
      Successor successor,
      List<ActiveVersion> others,
      ServiceSettings settings,
      Supplier<CompletionStage<Void>> next) {
    List<ServiceLease> held =
        others.stream().map(ActiveVersion::lease).filter(Objects::nonNull).toList();
    CompletableFuture<String> taken = begin(successor);
    Future<?> deadline =
        control.schedule(
            () -> {
              taken.completeExceptionally(new TimeoutException());
            },
            settings.startTimeout().toMillis(),
            MILLISECONDS);
    return taken
        .handleAsync(
            (told, thrown) -> {
              deadline.cancel(false);
              try {
                if (thrown == null) {
                  version.active().tookOver(told == null ? "" : StageWait.line(told));
                  return next.get();
                }
                version.reject(reason(thrown, settings));
                failed.run();
                return CompletableFuture.<Void>completedStage(null);
              } finally {
                held.forEach(ServiceLease::close);
              }
            },
            control)
        .thenCompose(Function.identity());
  }

  private static CompletableFuture<String> begin(Successor successor) {
    try {
      return StageWait.end(successor.takeOver());
    } catch (Throwable thrown) { // whatever a service throws, the others go on
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private static String reason(Throwable thrown, ServiceSettings settings) {
    return thrown instanceof TimeoutException
        ? "it did not take over within " + Durations.format(settings.startTimeout())
        : StageWait.message(thrown);
  }
}
