package slipway.server.core.connection;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.Closing;
import slipway.net.ConnectionListener;
import slipway.service.Connection;

/**
 * The listeners to connections, and the numbers of connections: by these a listener hears the end
 * only of connections whose beginning it has heard. Called in event loops, without a lock.
 */
@Component(service = Listeners.class)
public final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final AtomicLong ids;
  private final Totals totals = new Totals();
  private final HandOffCounts handOffs = new HandOffCounts();
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** A listener and the first connection that it hears of. */
  private static final class Entry {
    private final ConnectionListener listener;
    private volatile long from = Long.MAX_VALUE;

    private Entry(ConnectionListener listener) {
      this.listener = listener;
    }
  }

  /** For Declarative Services. */
  @Activate
  public Listeners() {
    this(new AtomicLong());
  }

  /**
   * Continues the numbers of connections.
   *
   * @param ids the last number that was given
   */
  Listeners(AtomicLong ids) {
    this.ids = ids;
  }

  /** The host's own counts of connections. */
  Totals totals() {
    return totals;
  }

  /** The host's own counts of moves from version to version. */
  HandOffCounts handOffs() {
    return handOffs;
  }

  /** The number of a new connection. */
  long nextId() {
    return ids.incrementAndGet();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addListener(ConnectionListener listener) {
    Entry entry = new Entry(listener);
    entries.add(entry);
    entry.from = ids.get() + 1; // a thread that has such a number sees the entry
  }

  void removeListener(ConnectionListener listener) {
    entries.removeIf(entry -> entry.listener == listener);
  }

  /**
   * A connection has passed its stages.
   *
   * @return why it is refused, by the first that does; empty if none does
   */
  Optional<String> opened(Connection connection) {
    Optional<String> refusal = Optional.empty();
    for (Entry entry : entries) {
      if (connection.id() >= entry.from) {
        Optional<String> answer = ask(entry.listener, connection);
        refusal = refusal.isPresent() ? refusal : answer;
      }
    }
    return refusal;
  }

  private static Optional<String> ask(ConnectionListener listener, Connection connection) {
    try {
      return listener.opened(connection);
    } catch (Throwable failed) {
      failed(listener, connection, failed);
      return Optional.empty();
    }
  }

  void refused(HostedConnection connection, Refused why, String reason) {
    totals.refused(connection, why);
    tell(connection, listener -> listener.refused(connection, reason));
  }

  void dispatched(HostedConnection connection) {
    totals.dispatched(connection);
    tell(connection, listener -> listener.dispatched(connection));
  }

  void closed(Connection connection, Closing why) {
    tell(connection, listener -> listener.closed(connection, why));
  }

  private void tell(Connection connection, Consumer<ConnectionListener> news) {
    for (Entry entry : entries) {
      if (connection.id() >= entry.from) {
        try {
          news.accept(entry.listener);
        } catch (Throwable failed) {
          failed(entry.listener, connection, failed);
        }
      }
    }
  }

  private static void failed(ConnectionListener listener, Connection connection, Throwable cause) {
    LOG.error("{}: the listener {} failed", connection, listener.getClass().getName(), cause);
  }
}
