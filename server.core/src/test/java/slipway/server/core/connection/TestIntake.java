package slipway.server.core.connection;

import java.time.Duration;
import java.util.List;
import slipway.net.Intake;
import slipway.net.Stage;
import slipway.service.Audience;

/** What an acceptor of the tests wants. */
record TestIntake(
    String acceptor,
    Choice choice,
    String service,
    Duration dispatchTimeout,
    Duration idleTimeout,
    List<Stage> stages,
    Audience audience)
    implements Intake {

  TestIntake(
      String acceptor,
      Choice choice,
      String service,
      Duration dispatchTimeout,
      Duration idleTimeout,
      List<Stage> stages) {
    this(acceptor, choice, service, dispatchTimeout, idleTimeout, stages, Audience.USERS);
  }

  TestIntake(
      String acceptor,
      Choice choice,
      String service,
      Duration dispatchTimeout,
      Duration idleTimeout) {
    this(acceptor, choice, service, dispatchTimeout, idleTimeout, List.of());
  }
}
