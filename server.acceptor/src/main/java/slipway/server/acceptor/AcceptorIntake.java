package slipway.server.acceptor;

import java.time.Duration;
import java.util.List;
import slipway.net.Intake;
import slipway.net.Stage;
import slipway.service.Audience;

/**
 * How an acceptor wants its connections treated.
 *
 * @param acceptor its name
 * @param settings what is configured for it
 * @param stages those that it names
 */
record AcceptorIntake(String acceptor, AcceptorSettings settings, List<Stage> stages)
    implements Intake {

  @Override
  public Choice choice() {
    return settings.choice();
  }

  @Override
  public String service() {
    return settings.service();
  }

  @Override
  public Audience audience() {
    return settings.audience();
  }

  @Override
  public Duration dispatchTimeout() {
    return settings.dispatchTimeout();
  }

  @Override
  public Duration idleTimeout() {
    return settings.idleTimeout();
  }
}
