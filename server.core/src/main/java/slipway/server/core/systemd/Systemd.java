package slipway.server.core.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.Health;
import slipway.health.HealthReport;
import slipway.health.Probe;
import slipway.server.core.host.HostPhase;
import slipway.thread.ControlThread;

/**
 * Makes the host a service of the type {@code notify}, if systemd has started it as one; otherwise
 * it does nothing. The start does not depend on it: if systemd cannot be told, one line is logged.
 */
@Component(service = {})
public final class Systemd {

  private static final Logger LOG = LoggerFactory.getLogger(Systemd.class);

  /** The address of the socket, as in the environment variable {@code NOTIFY_SOCKET}. */
  static final String SOCKET = "slipway.systemd.notify";

  /** After how many microseconds of silence the host is ended, as in {@code WATCHDOG_USEC}. */
  static final String WATCHDOG = "slipway.systemd.watchdog";

  private volatile Health health;
  private NotifySocket socket;
  private Notices notices;
  private KeepAlive keepAlive;

  /** For Declarative Services. */
  @Activate
  public Systemd(BundleContext context, @Reference HostPhase phase) {
    this(phase, value(context, SOCKET), value(context, WATCHDOG));
  }

  private static String value(BundleContext context, String key) {
    String value = context.getProperty(key);
    return value == null ? "" : value.strip();
  }

  Systemd(HostPhase phase, String address, String watchdog) {
    if (address.isEmpty()) {
      return;
    }
    try {
      socket = NotifySocket.connect(address);
    } catch (IOException failed) {
      LOG.error("systemd is not told that the host is ready: {}", failed.getMessage());
      return;
    }
    notices =
        new Notices(
            phase,
            ControlThread.named("slipway-systemd"),
            () -> Optional.ofNullable(health).map(asked -> asked.report(Probe.READINESS)),
            socket::send);
    notices.begin();
    limit(watchdog)
        .ifPresent(
            limit -> {
              keepAlive =
                  new KeepAlive(
                      ControlThread.named("slipway-keep-alive"),
                      limit,
                      this::liveness,
                      socket::send);
              keepAlive.begin();
            });
  }

  /** Empty if systemd does not watch, or says something that is no time. */
  static Optional<Duration> limit(String micros) {
    return micros.matches("[1-9]\\d{0,14}")
        ? Optional.of(Duration.ofNanos(1000 * Long.parseLong(micros)))
        : Optional.empty();
  }

  /** While nobody can say that something is stuck, as during the start, nothing is. */
  private HealthReport liveness() {
    Health asked = health;
    return asked == null
        ? new HealthReport(Probe.LIVENESS, List.of())
        : asked.report(Probe.LIVENESS);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setHealth(Health offered) {
    health = offered;
  }

  void unsetHealth(Health gone) {
    if (health == gone) {
      health = null;
    }
  }

  @Deactivate
  void deactivate() {
    if (keepAlive != null) {
      keepAlive.end();
    }
    if (notices != null) {
      notices.end();
    }
    if (socket != null) {
      socket.close();
    }
  }
}
