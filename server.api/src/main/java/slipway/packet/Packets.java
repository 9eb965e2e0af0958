package slipway.packet;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;
import slipway.service.Connection;

/**
 * What the packet services of a host share: how they are served, and their sessions. The host
 * registers one as an OSGi service; a {@link PacketService} has it injected. A test makes its own.
 *
 * <p>May be used from any thread.
 */
@ProviderType
public class Packets {

  private final Function<? super Connection, PacketSettings> settings;
  private final Map<String, PacketSessions> services = new ConcurrentHashMap<>();

  /**
   * Makes it, without a session.
   *
   * @param settings how a new connection is served; asked in its event loop, and not to block it
   */
  public Packets(Function<? super Connection, PacketSettings> settings) {
    this.settings = settings;
  }

  final PacketSettings settings(Connection connection) {
    return settings.apply(connection);
  }

  /** The sessions of a service, in all of its versions; none if there is no such service. */
  public final PacketSessions sessions(String service) {
    return services.computeIfAbsent(service, name -> new PacketSessions());
  }

  /** The names of the services that have had a session. */
  public final Collection<String> services() {
    return List.copyOf(services.keySet());
  }
}
