package slipway.server.core.life;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import slipway.admin.ServiceState;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/**
 * What is configured for a service.
 *
 * @param state the state that it is to have
 * @param startTimeout time in which its bundle has to start and register it
 * @param stopTimeout time in which its bundle has to stop, and its users to leave when it is locked
 * @param drainTimeout time that users of a replaced version may stay with it; zero for any
 * @param handOffTimeout time in which a version has to give a connection up
 * @param trial whether a new version that nobody uses is started once before it takes over
 * @param maxConnections how many connections it may have in all its versions; 0 for any number
 * @param linger time that it stays started after its last user while it is LOADED
 */
record ServiceSettings(
    ServiceState state,
    Duration startTimeout,
    Duration stopTimeout,
    Duration drainTimeout,
    Duration handOffTimeout,
    boolean trial,
    int maxConnections,
    Duration linger) {

  static final ServiceSettings DEFAULT =
      new ServiceSettings(
          ServiceState.LOADED,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          true,
          0,
          Duration.ofSeconds(10));

  static ServiceSettings of(Map<String, ?> properties) throws InvalidConfiguration {
    return of(Settings.of(ServiceConfig.class, properties));
  }

  static ServiceSettings of(Settings settings) throws InvalidConfiguration {
    Duration min = Duration.ofMillis(1);
    Duration max = Duration.ofHours(1);
    return new ServiceSettings(
        ServiceState.parse(settings.text("state"))
            .orElseThrow(
                () ->
                    settings.refused("state", "one of " + Arrays.toString(ServiceState.values()))),
        settings.duration("start.timeout", min, max),
        settings.duration("stop.timeout", min, max),
        settings.duration("drain.timeout", Duration.ZERO, Duration.ofDays(365)),
        settings.duration("handoff.timeout", min, max),
        settings.flag("trial"),
        settings.integer("max.connections", 0, Integer.MAX_VALUE),
        settings.duration("linger", Duration.ZERO, Duration.ofDays(365)));
  }

  /** The time that users have to leave, if there has to be an end. */
  Duration drainBound() {
    return drainTimeout.isZero() ? DEFAULT.drainTimeout : drainTimeout;
  }

  ServiceSettings with(ServiceState other) {
    return new ServiceSettings(
        other,
        startTimeout,
        stopTimeout,
        drainTimeout,
        handOffTimeout,
        trial,
        maxConnections,
        linger);
  }

  /** The same with another linger time. */
  ServiceSettings lingering(Duration other) {
    return new ServiceSettings(
        state,
        startTimeout,
        stopTimeout,
        drainTimeout,
        handOffTimeout,
        trial,
        maxConnections,
        other);
  }

  /** The same without a trial. */
  ServiceSettings untried() {
    return new ServiceSettings(
        state,
        startTimeout,
        stopTimeout,
        drainTimeout,
        handOffTimeout,
        false,
        maxConnections,
        linger);
  }
}
