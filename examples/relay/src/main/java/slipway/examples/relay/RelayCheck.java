package slipway.examples.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.health.Finding;
import slipway.health.HealthCheck;
import slipway.health.Probe;

/** Whether the server behind the relay takes connections. */
@Component(configurationPid = "slipway.relay")
public final class RelayCheck implements HealthCheck {

  private static final int PATIENCE_MILLIS = 1_000;

  private final RelayConfig config;

  /** For Declarative Services. */
  @Activate
  public RelayCheck(RelayConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "relay";
  }

  @Override
  public Set<Probe> probes() {
    return Set.of(Probe.READINESS);
  }

  /** A warning: the host is not at fault, and its other services have clients, too. */
  @Override
  public Finding check() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(config.host(), config.port()), PATIENCE_MILLIS);
      return Finding.OK;
    } catch (IOException failed) {
      return Finding.warning("its server cannot be reached: " + failed.getMessage());
    }
  }
}
