package slipway.net;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import slipway.service.Audience;

/**
 * How an acceptor wants its connections treated. What an acceptor says nothing about has a default
 * here, so that it need not know of each new policy. The answers do not change: an acceptor that is
 * configured again has another intake.
 */
@ConsumerType
public interface Intake {

  /** Name of the acceptor. */
  String acceptor();

  /** What chooses the service. */
  default Choice choice() {
    return Choice.CLIENT;
  }

  /** Name of the service; empty if the client chooses. */
  default String service() {
    return "";
  }

  /** Time in which the client has to name a service, and in which the service has to be there. */
  default Duration dispatchTimeout() {
    return Duration.ofSeconds(5);
  }

  /** Time without a byte in either direction after which a connection is closed; zero for never. */
  default Duration idleTimeout() {
    return Duration.ofSeconds(60);
  }

  /** What stands before the service, as bytes from the client pass it. */
  default List<Stage> stages() {
    return List.of();
  }

  /**
   * Whether the acceptor is for users or operators; a service for operators is unknown to users.
   */
  default Audience audience() {
    return Audience.USERS;
  }

  /** What chooses a connection's service. */
  enum Choice {
    /** The client, by its first message. */
    CLIENT,
    /** The acceptor; the client's first byte already belongs to the service. */
    FIXED,
    /** The acceptor, whatever the client's first message asks for. */
    OVERRIDE
  }
}
