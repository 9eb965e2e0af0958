package slipway.packet;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
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
  private final EventLoopGroup loops;
  private final Class<? extends Channel> channel;
  private final Map<String, SessionTable> services = new ConcurrentHashMap<>();

  /**
   * Makes it, without a session, for services that connect to no others.
   *
   * @param settings how a new connection is served; asked in its event loop, and not to block it
   */
  public Packets(Function<? super Connection, PacketSettings> settings) {
    this(settings, null, null);
  }

  /**
   * Makes it, without a session.
   *
   * @param settings how a new connection is served; asked in its event loop, and not to block it
   * @param loops where clients have their connections
   * @param channel of a client, which runs there
   */
  public Packets(
      Function<? super Connection, PacketSettings> settings,
      EventLoopGroup loops,
      Class<? extends Channel> channel) {
    this.settings = settings;
    this.loops = loops;
    this.channel = channel;
  }

  final PacketSettings settings(Connection connection) {
    return settings.apply(connection);
  }

  /** Where the sessions of a service are kept, one of which is being made. */
  final SessionTable table(String service) {
    return services.computeIfAbsent(service, SessionTable::new);
  }

  /**
   * The sessions of a service, in all of its versions; none as long as there is no such service.
   * Nothing is kept for a name that is asked for.
   */
  public final PacketSessions sessions(String service) {
    SessionTable now = services.get(service);
    return now == null
        ? new PacketSessions(() -> services.getOrDefault(service, SessionTable.NONE))
        : now.view();
  }

  /**
   * Connects to a packet server, and again whenever the connection is lost.
   *
   * @param listener hears from the server
   * @return the caller's, which closes it
   * @throws IllegalStateException if this was made for services that connect to no others
   */
  public final PacketClient client(PacketClientSettings server, PacketClientListener listener) {
    if (loops == null) {
      throw new IllegalStateException("these packets were made without event loops for clients");
    }
    PacketClient client =
        new PacketClient(loops.next(), channel, server, listener, RandomGenerator.getDefault());
    client.begin();
    return client;
  }

  /** The names of the services that have had a session. */
  public final Collection<String> services() {
    return List.copyOf(services.keySet());
  }
}
