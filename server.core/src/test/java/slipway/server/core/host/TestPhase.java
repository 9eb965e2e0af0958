package slipway.server.core.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lets tests of other packages say what the host does. */
public final class TestPhase {

  private final HostPhase phase = new HostPhase();

  /** What is told. */
  public HostPhase phase() {
    return phase;
  }

  /** The start is over. */
  public void started(String line, String... problems) {
    phase.started(new HostPhase.Start(line, List.of(problems)));
  }

  /** The host waits. */
  public HostPhase.Wait waits(Optional<Duration> timeout) {
    return phase.waits(timeout);
  }

  /** The host ends. */
  public void ends() {
    phase.ends();
  }
}
