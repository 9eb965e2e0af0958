package slipway.service;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a connection is told before the host closes it: so that HTTP can say {@code Connection:
 * close}, a WebSocket 1001, SMTP 421.
 *
 * <p>It is a user event of the connection's pipeline, and comes as one from the head to the tail.
 * It comes when it is known that the connection has to end, and once more, as the {@link #last}
 * one, when it ends. A handler that does not care lets it pass, as Netty's handlers do by
 * themselves. A {@link StreamService} is told by {@link slipway.stream.StreamService#goingAway}.
 *
 * <p><b>The last one</b> that reaches the end of the pipeline closes the connection there, once all
 * that was written is sent. A handler that keeps it to itself has until the deadline to close the
 * connection, as with {@link Connection#finish}.
 *
 * <p>A connection that is handed over to another version is told nothing: it does not end. A
 * connection that the operator closes, that is idle, or whose service has failed is closed without
 * a word.
 *
 * @param reason why
 * @param last whether it is closed now; the deadline is about a second away then
 * @param deadline when it is closed at the latest, by the host's clock; empty if it may stay for as
 *     long as the client likes
 * @since 1.4
 */
public record GoingAway(Reason reason, boolean last, Optional<Instant> deadline) {

  /** Why a connection is to end. */
  public enum Reason {
    /**
     * Another version serves, and this connection could not be handed over to it. A client that
     * connects again is served by that one.
     */
    REPLACED,

    /**
     * This version is not to serve any more: the service is WAITLOCKED, was taken away, or stops
     * for a while, as something that it uses is replaced.
     */
    DRAINED,

    /** An operator has locked the service. */
    LOCKED,

    /** The host ends. */
    HOST_ENDS
  }

  /**
   * Makes one.
   *
   * @throws NullPointerException if something is null
   */
  public GoingAway {
    Objects.requireNonNull(reason);
    Objects.requireNonNull(deadline);
  }
}
