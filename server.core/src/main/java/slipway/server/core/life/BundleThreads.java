package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;

/**
 * The threads in which a bundle is started and stopped: one for each time, as a bundle can take as
 * long as it likes. They are interrupted at their deadline. May be used from any thread.
 */
final class BundleThreads {

  private static final Logger LOG = LoggerFactory.getLogger(BundleThreads.class);

  /** How far causes are followed, as a service's exception can be its own cause. */
  private static final int MOST_CAUSES = 20;

  private final String name;
  private final long bundleId;
  private final ScheduledExecutorService deadlines;
  private final Supplier<String> because;

  /**
   * Makes what has no thread yet.
   *
   * @param name of the bundle's service
   * @param deadlines interrupts what is late
   * @param because stands behind what is said of a start that is late; empty for nothing
   */
  BundleThreads(
      String name, long bundleId, ScheduledExecutorService deadlines, Supplier<String> because) {
    this.name = name;
    this.bundleId = bundleId;
    this.deadlines = deadlines;
    this.because = because;
  }

  /**
   * Does something in a thread of its own.
   *
   * @param verb start, stop or another word for it
   * @param deadline when the thread is interrupted
   * @return completed in that thread; failed with an {@link IllegalStateException} that says why in
   *     one line
   */
  <T> CompletionStage<T> run(String verb, Duration deadline, Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    AtomicBoolean late = new AtomicBoolean();
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .name(verb + "-" + name + "-" + bundleId)
            .start(() -> complete(result, verb, deadline, late, action));
    // cancelled when it is done, so that nothing holds on to a service that has gone
    Future<?> interruption =
        deadlines.schedule(
            () -> {
              late.set(true);
              worker.interrupt();
            },
            deadline.toMillis(),
            MILLISECONDS);
    result.whenComplete((done, failed) -> interruption.cancel(false));
    return result;
  }

  private <T> void complete(
      CompletableFuture<T> result,
      String verb,
      Duration deadline,
      AtomicBoolean late,
      Callable<T> action) {
    try {
      result.complete(action.call());
    } catch (Throwable failed) { // whatever a service throws, its caller is answered
      LOG.debug("bundle {} of {}: {} failed", bundleId, name, verb, failed);
      String reason =
          !isInterruption(failed)
              ? reason(failed)
              : late.get() ? late(verb, deadline) : "something has interrupted it";
      result.completeExceptionally(new IllegalStateException(reason, failed));
    }
  }

  private String late(String verb, Duration deadline) {
    String time = Durations.format(deadline);
    return verb.equals("start")
        ? "it did not start within " + time + because.get()
        : "it was interrupted after " + time;
  }

  /**
   * Whether its thread was interrupted; the framework tells that as the cause of what it throws.
   */
  private static boolean isInterruption(Throwable failed) {
    return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .anyMatch(InterruptedException.class::isInstance);
  }

  /** One line: what an operator needs of an exception that can be pages long. */
  private static String reason(Throwable failed) {
    Throwable told =
        failed instanceof BundleException && failed.getCause() != null ? failed.getCause() : failed;
    String message = told.getMessage() == null ? told.toString() : told.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    return told instanceof BundleException || told instanceof IllegalStateException
        ? line
        : told.getClass().getSimpleName() + ": " + line;
  }
}
