package slipway.server.core.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;

/**
 * How far the host is in its life, for supervisors. {@link StartReport} and {@link HostControl}
 * write it; any thread may read it.
 *
 * <pre>
 *            started              waits
 *  STARTING ────────▶ RUNNING ◀─────────▶ WAITING
 *      │                 │                   │
 *      └─────────────────┴───── ends ────────┴───▶ ENDING
 * </pre>
 *
 * <p>A wait that begins while the host is starting shows once the start is over.
 */
@Component(service = HostPhase.class, immediate = true) // it remembers
public final class HostPhase {

  /** What the host does. */
  public enum Phase {
    /** Not everything that is configured has been tried. */
    STARTING,
    /** It takes clients. */
    RUNNING,
    /** It takes no clients, until those that are connected have left or the wait is given up. */
    WAITING,
    /** It closes what is open and exits, and will not do anything else. */
    ENDING
  }

  /**
   * What became of the start.
   *
   * @param line one line for people: where the host listens, and which services are FIXED
   * @param problems what is configured and was not there, one line each
   */
  public record Start(String line, List<String> problems) {
    /** The list does not change. */
    public Start {
      problems = List.copyOf(problems);
    }
  }

  /** Ends by {@link #close}, which may be called from any thread; further calls do nothing. */
  public final class Wait implements AutoCloseable {
    private final Optional<Duration> timeout;

    private Wait(Optional<Duration> timeout) {
      this.timeout = timeout;
    }

    @Override
    public void close() {
      if (waits.remove(this)) {
        listeners.forEach(Runnable::run);
      }
    }
  }

  private final List<Wait> waits = new CopyOnWriteArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Start start;
  private volatile boolean ending;

  /** Where the host is now. */
  public Phase phase() {
    if (ending) {
      return Phase.ENDING;
    }
    if (start == null) {
      return Phase.STARTING;
    }
    return waits.isEmpty() ? Phase.RUNNING : Phase.WAITING;
  }

  /** What became of the start; empty while it is not over. */
  public Optional<Start> start() {
    return Optional.ofNullable(start);
  }

  /** The longest timeout of those that wait; empty if none waits, or one has no timeout. */
  public Optional<Duration> patience() {
    List<Wait> all = List.copyOf(waits);
    return all.stream().anyMatch(wait -> wait.timeout.isEmpty())
        ? Optional.empty()
        : all.stream().flatMap(wait -> wait.timeout.stream()).max(Duration::compareTo);
  }

  /**
   * Adds what is told of each change.
   *
   * @param listener called in any thread; must not block
   */
  public void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  /** Takes a listener away; one that is being told may still be running. */
  public void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** The start is over. */
  void started(Start how) {
    start = how;
    listeners.forEach(Runnable::run);
  }

  /**
   * The host waits for its connections to end, until the result is closed.
   *
   * @param timeout how long at the most; empty for as long as it takes
   */
  Wait waits(Optional<Duration> timeout) {
    Wait wait = new Wait(timeout);
    waits.add(wait);
    listeners.forEach(Runnable::run);
    return wait;
  }

  /** The host exits. */
  void ends() {
    ending = true;
    listeners.forEach(Runnable::run);
  }
}
