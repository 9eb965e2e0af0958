package slipway.server.core.connection;

import java.util.Optional;
import java.util.function.Consumer;
import slipway.net.Closing;
import slipway.server.core.life.Quota;

/**
 * What becomes of a connection, as its listeners hear of it: opened, then dispatched or refused,
 * then closed, with the reason that was given first. They hear nothing of a connection that never
 * passes its stages.
 *
 * <p>Belongs to the connection's event loop, except that a reason may be given in any thread.
 */
final class Milestones {

  private final HostedConnection connection;
  private final Listeners listeners;
  private final Consumer<HostedConnection> ended;
  private boolean opened;

  /** Where it has a place; null before it has one. */
  private Quota quota;

  private volatile Closing closing;

  /**
   * Begins with none.
   *
   * @param ended called when the connection is over
   */
  Milestones(HostedConnection connection, Listeners listeners, Consumer<HostedConnection> ended) {
    this.connection = connection;
    this.listeners = listeners;
    this.ended = ended;
  }

  /** The connection has passed its stages: gives the reason why it is refused, if it is. */
  Optional<String> opened() {
    opened = true;
    return listeners.opened(connection);
  }

  /** It has a place among the connections of the service that it has named. */
  void admitted(Quota taken) {
    quota = taken;
  }

  /** Its service's handlers receive what arrives from now on. */
  void dispatched() {
    connection.proof().dispatched();
    listeners.dispatched(connection);
  }

  /** It was to be moved to another version. */
  void handedOff(HandOffCounts.Outcome outcome) {
    listeners.handOffs().ended(connection, outcome);
  }

  /** It was moved, and is served again after some nanoseconds. */
  void paused(long nanos) {
    listeners.handOffs().paused(connection, nanos);
  }

  /**
   * Its client is told that it is not served.
   *
   * @param reason what it is told
   */
  void refused(Refused why, String reason) {
    closes(Closing.REFUSED);
    listeners.refused(connection, why, reason);
  }

  /** Says why it is going to be closed; what was said first holds. In any thread. */
  void closes(Closing why) {
    if (closing == null) {
      closing = why;
    }
  }

  /** Why it is going to be closed, or was: if nobody has said so, its client has. */
  Closing closing() {
    Closing said = closing;
    return said == null ? Closing.CLIENT : said;
  }

  /** The channel is closed and its handlers are gone: gives the service back, if there is one. */
  void closed() {
    if (opened) {
      listeners.closed(connection, closing());
    }
    connection.over();
    if (quota != null) {
      quota.free();
    }
    ended.accept(connection);
  }
}
