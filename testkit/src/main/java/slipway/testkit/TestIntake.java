package slipway.testkit;

import java.time.Duration;
import slipway.net.Intake;
import slipway.service.Audience;

/**
 * An acceptor of the test's own. It leads to services for users and for operators.
 *
 * @param choice who chooses the service
 * @param service the service; empty if the client chooses
 */
record TestIntake(Choice choice, String service) implements Intake {

  @Override
  public String acceptor() {
    return "main";
  }

  @Override
  public Duration idleTimeout() {
    return Duration.ofHours(1);
  }

  @Override
  public Audience audience() {
    return Audience.OPERATORS;
  }
}
