package slipway.server.core.connection;

import java.time.Duration;
import java.util.List;
import slipway.net.Intake;
import slipway.net.Stage;

/** What an acceptor of the tests wants. */
record TestIntake(
    String acceptor,
    Choice choice,
    String service,
    Duration dispatchTimeout,
    Duration idleTimeout,
    List<Stage> stages)
    implements Intake {

  TestIntake(
      String acceptor,
      Choice choice,
      String service,
      Duration dispatchTimeout,
      Duration idleTimeout) {
    this(acceptor, choice, service, dispatchTimeout, idleTimeout, List.of());
  }
}
