package slipway.server.core.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.AcceptorAdmin;
import slipway.admin.Ending;
import slipway.admin.HostAdmin;
import slipway.server.core.connection.Connections;
import slipway.service.Audience;

/** Waiting for connections to end, and ending the host. */
@Component
public final class HostControl implements HostAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(HostControl.class);

  /** Time in which operators' connections may receive the reply to what ends the host. */
  private static final Duration REPLY_TIME = Duration.ofMillis(500);

  private final BundleContext context;
  private final Connections connections;
  private final AcceptorAdmin acceptors;
  private final StartSurvey survey;
  private final HostPhase phase;

  /** For Declarative Services. */
  @Activate
  public HostControl(
      BundleContext context,
      @Reference Connections connections,
      @Reference AcceptorAdmin acceptors,
      @Reference StartSurvey survey,
      @Reference HostPhase phase) {
    this.context = context;
    this.connections = connections;
    this.acceptors = acceptors;
    this.survey = survey;
    this.phase = phase;
  }

  @Override
  public List<String> problems() {
    return survey.problems();
  }

  @Override
  @SuppressWarnings("try") // the suspension and the wait are held, not used
  public int awaitConnections(Optional<Duration> timeout) throws InterruptedException {
    try (HostPhase.Wait wait = phase.waits(timeout);
        AcceptorAdmin.Suspension suspension = acceptors.suspend()) {
      return connections.awaitNone(Audience.USERS, timeout);
    }
  }

  @Override
  @SuppressWarnings("try") // the wait is held, not used
  public Ending shutdown(Optional<Duration> timeout) throws InterruptedException {
    AcceptorAdmin.Suspension withdrawal = acceptors.withdraw();
    boolean ends = false;
    try (HostPhase.Wait wait = phase.waits(timeout)) {
      int before = connections.count(Audience.USERS);
      connections.announceEnd(Audience.USERS, timeout);
      int left = connections.awaitNone(Audience.USERS, timeout);
      ends = true;
      exit();
      return new Ending(Math.max(0, before - left), left);
    } finally {
      if (!ends) {
        connections.retractEnd();
        withdrawal.close();
      }
    }
  }

  @Override
  public void exit() {
    LOG.info("the host exits");
    phase.ends();
    Thread.ofPlatform().name("slipway-exit").start(this::exitNow);
  }

  private void exitNow() {
    try {
      acceptors.withdraw(); // for good: nobody is let in who would be cut off in a moment
      connections.end(Audience.USERS); // while their services are still there
      connections.awaitNone(Audience.OPERATORS, Optional.of(REPLY_TIME));
      context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
    } catch (InterruptedException | BundleException failed) {
      LOG.error("the host could not be ended", failed);
    }
  }
}
