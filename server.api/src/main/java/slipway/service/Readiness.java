package slipway.service;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a {@link Service} may implement, too, if it cannot serve from the moment when it is
 * registered: it has to fill a cache, or to reach another server.
 *
 * <p>Until it is ready it gets no connection: clients that ask for it wait, and a new version does
 * not take over from the one that serves. One that is not ready within the service's {@code
 * start.timeout} has failed to start.
 *
 * @since 1.3
 */
@ConsumerType
public interface Readiness {

  /**
   * Says when the service can serve. Called once for each start, when the service is registered and
   * before it is given a connection, on a thread of its own, which is interrupted at the deadline.
   *
   * @return completed, in any thread and with whatever value, when it can serve; failed if it never
   *     will, with an exception whose message says why in one line; never null
   * @throws Exception as a stage that fails
   */
  CompletionStage<?> ready() throws Exception;

  /**
   * What it waits for: the end of "it waits for …", such as {@code the exchange at 192.0.2.7}.
   * Shown to operators while it is not ready, and in the reason if it was not in time. Asked
   * several times a second, on the thread that has called {@link #ready}; must not block.
   *
   * @return one line; empty for nothing to say; never null
   */
  default String awaited() {
    return "";
  }
}
