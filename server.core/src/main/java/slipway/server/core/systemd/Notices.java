package slipway.server.core.systemd;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.HealthReport;
import slipway.server.core.host.HostPhase;
import slipway.server.core.host.HostPhase.Phase;

/**
 * Tells systemd when the start is over, what the host does, and that it ends. A change of the phase
 * is told at once; whether the host is ready is looked at now and then, and told if it is another.
 *
 * <p>Belongs to one thread, except for its constructor.
 */
final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** What a host may take beyond the time for which it waits for connections. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final HostPhase phase;
  private final ScheduledExecutorService thread;
  private final Supplier<Optional<HealthReport>> readiness;
  private final Consumer<String> socket;
  private final Runnable changed = this::changed;
  private boolean ready;
  private boolean stopping;
  private String told = "";

  /**
   * Nothing is sent yet.
   *
   * @param thread on which it works; ended by {@link #end}
   * @param readiness asked while the host runs; empty if nobody knows
   * @param socket takes what is sent
   */
  Notices(
      HostPhase phase,
      ScheduledExecutorService thread,
      Supplier<Optional<HealthReport>> readiness,
      Consumer<String> socket) {
    this.phase = phase;
    this.thread = thread;
    this.readiness = readiness;
    this.socket = socket;
  }

  void begin() {
    phase.whenChanged(changed);
    thread.execute(this::tellPhase); // the start may be over already
    thread.scheduleWithFixedDelay(this::look, PAUSE.toNanos(), PAUSE.toNanos(), NANOSECONDS);
  }

  private void changed() {
    thread.execute(this::tellPhase);
  }

  private void tellPhase() {
    Phase now = phase.phase();
    String status = StatusLine.of(phase, Optional.empty());
    if (now == Phase.ENDING) {
      stop();
    } else if (!ready && phase.start().isPresent()) {
      ready = true;
      send("READY=1\n", status);
    } else if (now == Phase.WAITING) {
      send(phase.patience().map(Notices::extension).orElse(""), status);
    } else {
      look();
    }
  }

  private static String extension(Duration patience) {
    return "EXTEND_TIMEOUT_USEC=" + patience.plus(MARGIN).toNanos() / 1000 + "\n";
  }

  private void look() {
    if (!stopping) {
      String status = StatusLine.of(phase, readiness());
      if (!status.equals(told)) {
        send("", status);
      }
    }
  }

  /** The next look is another try, which a failure must not prevent. */
  private Optional<HealthReport> readiness() {
    try {
      return phase.phase() == Phase.RUNNING ? readiness.get() : Optional.empty();
    } catch (RuntimeException failed) {
      LOG.error("readiness could not be found out", failed);
      return Optional.empty();
    }
  }

  private void send(String words, String status) {
    told = status;
    socket.accept(words + "STATUS=" + status);
  }

  private void stop() {
    if (!stopping) {
      stopping = true;
      send("STOPPING=1\n", "ends");
    }
  }

  /** The host ends, whatever has ended it. For the thread that has begun. */
  void end() {
    phase.forget(changed);
    thread.execute(this::stop);
    thread.shutdown();
    try {
      thread.awaitTermination(MARGIN.toNanos() / 10, NANOSECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
