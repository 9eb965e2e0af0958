package slipway.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a person what a command waits for, once, if the host says nothing for a while. Any thread
 * may end it; when it has ended, nothing is told any more.
 */
final class WaitNotice implements AutoCloseable {

  /** How long a person waits without a question. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final CountDownLatch over = new CountDownLatch(1);
  private final PrintStream err;
  private final String line;

  private WaitNotice(PrintStream err, String line) {
    this.err = err;
    this.line = line;
  }

  /**
   * Begins to wait.
   *
   * @param words the command
   * @param patience how long nothing is told; empty for ever, as nobody is there
   * @param err where it is told
   */
  static WaitNotice of(List<String> words, Optional<Duration> patience, PrintStream err) {
    Optional<String> awaited = awaited(words);
    WaitNotice notice = new WaitNotice(err, "slipway: " + awaited.orElse(""));
    if (patience.isPresent() && awaited.isPresent()) {
      Thread.ofPlatform().daemon().name("slipway-notice").start(() -> notice.await(patience.get()));
    }
    return notice;
  }

  /** What a command waits for; empty for one that is meant to be silent for long. */
  private static Optional<String> awaited(List<String> words) {
    String what = String.join(" ", words.subList(0, Math.min(2, words.size())));
    return switch (what) {
      case "libctl install", "libctl rollback" ->
          Optional.of(
              what
                  + " waits until the version serves, or until its start.timeout is over, and for"
                  + " what holds a library; bin/slipway libctl ps shows how far it is");
      case "libctl state" ->
          Optional.of(
              what + " waits for the service's connections; bin/slipway statistics shows them");
      default ->
          switch (words.get(0)) {
            case "logs" -> Optional.empty();
            case "wait", "shutdown" ->
                Optional.of(
                    words.get(0)
                        + " waits until all connections have ended; bin/slipway statistics shows"
                        + " them");
            default -> Optional.of(Reason.brief(what) + " waits for the host");
          };
    };
  }

  private void await(Duration patience) {
    try {
      if (!over.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        tell();
      }
    } catch (InterruptedException nobodyInterruptsThisThread) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void tell() {
    if (over.getCount() > 0) {
      err.println(line);
      err.flush();
    }
  }

  /** The host has said something, or asks. */
  synchronized void end() {
    over.countDown();
  }

  @Override
  public void close() {
    end();
  }
}
