package slipway.server.core.systemd;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.HealthReport;

/**
 * Tells systemd that the host lives, twice in the time after which it would end the host, and only
 * while the liveness probe succeeds. While it does not, it looks more often, so that a short
 * failure does not end the host.
 *
 * <p>Runs on a thread of its own, as a report may take as long as its slowest check.
 */
final class KeepAlive {

  private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ScheduledExecutorService thread;
  private final Duration pause;
  private final Supplier<HealthReport> liveness;
  private final Consumer<String> socket;
  private boolean failing;

  /**
   * Nothing is sent yet.
   *
   * @param limit after which silence systemd ends the host
   * @param liveness asked each time
   * @param socket takes what is sent
   */
  KeepAlive(
      ScheduledExecutorService thread,
      Duration limit,
      Supplier<HealthReport> liveness,
      Consumer<String> socket) {
    this.thread = thread;
    this.pause = limit.dividedBy(2);
    this.liveness = liveness;
    this.socket = socket;
  }

  void begin() {
    thread.execute(this::look);
  }

  void end() {
    thread.shutdownNow();
  }

  private void look() {
    boolean lives = false;
    try {
      HealthReport report = liveness.get();
      if (thread.isShutdown()) {
        return; // the host ends, and that has ended the report
      }
      lives = report.succeeds();
      tell(report);
      if (lives) {
        socket.accept("WATCHDOG=1");
      }
    } catch (RuntimeException failed) {
      LOG.error("liveness could not be found out", failed);
    } finally {
      Duration next = lives || pause.compareTo(SOON) < 0 ? pause : SOON;
      thread.schedule(this::look, next.toNanos(), NANOSECONDS);
    }
  }

  private void tell(HealthReport report) {
    if (failing == report.succeeds()) {
      failing = !failing;
      if (failing) {
        LOG.error(
            "{}: systemd is not told that the host lives, and ends it soon",
            StatusLine.failures(report));
      } else {
        LOG.info("liveness succeeds again, and systemd is told");
      }
    }
  }
}
