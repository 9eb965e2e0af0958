package slipway.server.core.life;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;
import slipway.service.GoingAway;

/**
 * How the users of a version that is active are brought to leave it: what they are told, and how
 * long they may stay. It can be taken back until the version stops. Belongs to the control thread.
 *
 * <pre>
 *  announced ──patience──▶ revoked ──stop timeout──▶ overdue: stopped with the users that are left
 * </pre>
 */
final class Drain {

  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  private final ActiveVersion active;
  private final Consumer<Integer> overdue;
  private final Alarm patience;
  private final Alarm end;
  private int closed;

  /**
   * Makes that of a version that has just been started.
   *
   * @param overdue called on the control thread, with the number of users that are left, if they
   *     have not gone although they were asked to
   */
  Drain(ActiveVersion active, ScheduledExecutorService control, Consumer<Integer> overdue) {
    this.active = active;
    this.overdue = overdue;
    this.patience = new Alarm(control);
    this.end = new Alarm(control);
  }

  /** Tells its users that they have to leave, unless they know. */
  void announce(GoingAway.Reason reason, Duration time) {
    if (active.said() == null) {
      active.say(Parting.within(reason, time));
    }
  }

  /** Another version serves, to which its users are handed over as far as that can be done. */
  void replacedBy(ActiveVersion next, Duration time) {
    active.succeededBy(next);
    active.users().drain();
    if (active.goingAway().isEmpty()) {
      active.goesAway(Parting.within(GoingAway.Reason.REPLACED, time));
    }
  }

  /** Asks all users to leave now, and lets nobody in. */
  void revoke(GoingAway.Reason reason) {
    if (!active.isRevoked()) {
      closed += active.users().count();
      active.say(Parting.now(reason));
    }
  }

  /**
   * Asks its users to leave at a deadline; does nothing if that is agreed already.
   *
   * @param time until they are asked; zero for never
   * @param more time that they have then
   */
  void revokeLater(Duration time, Duration more) {
    if (patience.isSet() || time.isZero()) {
      return;
    }
    patience.set(
        time,
        () -> {
          LOG.info(
              "{} {}: closing {} users that are left after {}",
              active.name(),
              active.version(),
              active.users().count(),
              Durations.format(time));
          revoke(active.goingAway().map(GoingAway::reason).orElse(GoingAway.Reason.DRAINED));
          endLater(more); // for users who do not leave anyway
        });
  }

  /** Ends at a deadline although it has users; does nothing if that is agreed already. */
  void endLater(Duration time) {
    if (!end.isSet()) {
      end.set(time, () -> overdue.accept(active.users().count()));
    }
  }

  /** Lets users in, whatever was agreed about its end. */
  void reopen() {
    over();
    active.reopen();
  }

  /** The version stops: nothing is waited for any more. */
  void over() {
    patience.callOff();
    end.callOff();
  }

  /** How many users were asked to leave. */
  int closed() {
    return closed;
  }
}
