package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import slipway.config.Durations;

/**
 * Waits for something that a start of a bundle needs, and says what it is meanwhile. Belongs to the
 * thread of that start, which is interrupted at the deadline.
 *
 * @param look how often it is said
 * @param awaited told, in one line, what keeps the service from serving
 * @param deadline time that the whole start may take
 * @param end when that is over
 */
record StageWait(Duration look, Consumer<String> awaited, Duration deadline, long end) {

  private static final int LONGEST_TEXT = 300;

  /**
   * Waits for a stage.
   *
   * @param failed what stands before the reason if the stage fails
   * @param what is awaited
   * @throws IllegalStateException if it fails, or is not completed in time, with the reason
   */
  void await(CompletionStage<?> stage, String failed, Supplier<String> what)
      throws InterruptedException {
    CompletableFuture<?> done = end(stage);
    while (true) {
      try {
        done.get(look.toMillis(), MILLISECONDS);
        return;
      } catch (ExecutionException reason) {
        throw new IllegalStateException(failed + message(reason), reason);
      } catch (TimeoutException notYet) {
        awaited.accept(what.get());
        if (System.nanoTime() - end > 0) {
          throw new IllegalStateException(
              "it did not start within " + Durations.format(deadline) + ": " + what.get(), notYet);
        }
      }
    }
  }

  /** The end of a stage of a service's, which cannot be completed by others. */
  static <T> CompletableFuture<T> end(CompletionStage<T> stage) {
    CompletableFuture<T> end = new CompletableFuture<>();
    stage.whenComplete(
        (value, thrown) -> {
          if (thrown == null) {
            end.complete(value);
          } else {
            end.completeExceptionally(thrown);
          }
        });
    return end;
  }

  /** Why a stage has failed, in one line. */
  static String message(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : line(cause.getMessage());
  }

  /** One line of what a service says, and not too much of it. */
  static String line(String text) {
    String line = text.strip().lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
  }
}
