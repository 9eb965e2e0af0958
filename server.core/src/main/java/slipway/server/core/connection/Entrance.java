package slipway.server.core.connection;

import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.List;
import slipway.net.Stage;
import slipway.service.Audience;
import slipway.service.Peer;

/**
 * How a connection has come: when, by which acceptor, from where, and through which stages.
 *
 * <p>Belongs to the connection's event loop; what cannot change, and the peer, may be read from any
 * thread.
 */
final class Entrance {

  private final String acceptor;
  private final Audience audience;
  private final Instant since;
  private volatile Peer peer;
  private StagePassage passage;

  /**
   * Makes that of a connection that has just been accepted.
   *
   * @param peer where it comes from, as long as no stage knows better
   */
  Entrance(String acceptor, Audience audience, Instant since, Peer peer) {
    this.acceptor = acceptor;
    this.audience = audience;
    this.since = since;
    this.peer = peer;
  }

  String acceptor() {
    return acceptor;
  }

  /** For whom its acceptor is. */
  Audience audience() {
    return audience;
  }

  Instant since() {
    return since;
  }

  Peer peer() {
    return peer;
  }

  /** A stage tells what is at the other end. */
  void peer(Peer known) {
    peer = known;
  }

  /** Enters the stages of the acceptor. */
  void enter(List<Stage> stages, HostedConnection connection) {
    if (!stages.isEmpty()) {
      passage = new StagePassage(connection, connection.place());
      passage.enter(stages);
    }
  }

  /** Whether all stages are ready. */
  boolean isThrough() {
    return passage == null || passage.isThrough();
  }

  /** Lets the stages say what they have to before the output of the connection ends. */
  Future<?> sayLastWords(HostedConnection connection) {
    return passage == null ? connection.place().newSucceededFuture() : passage.sayLastWords();
  }
}
