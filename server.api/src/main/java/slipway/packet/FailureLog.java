package slipway.packet;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.service.LogContext;

/**
 * Tells that a service has failed, so that a client that connects again and again cannot fill the
 * log: the first failure with its stack trace, and how many came within a minute after it in one
 * line. One for all versions of a service; may be used from any thread.
 *
 * <pre>
 *   QUIET ──a failure: told──▶ COUNTING ──a minute later: the others are told──▶ QUIET
 * </pre>
 */
final class FailureLog {

  static final int COUNTING_SECONDS = 60;

  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

  private final String service;
  private final BiConsumer<PacketSession, Throwable> first;
  private final Consumer<String> others;
  private boolean counting;
  private int count;

  /** The class of the last one that was counted: its object would hold its version in memory. */
  private String last;

  FailureLog(String service) {
    this(service, FailureLog::tell, LOG::error);
  }

  /**
   * Makes it, quiet.
   *
   * @param first is told of a failure in its session's event loop
   * @param others is told in a line how many there were
   */
  FailureLog(String service, BiConsumer<PacketSession, Throwable> first, Consumer<String> others) {
    this.service = service;
    this.first = first;
    this.others = others;
  }

  private static void tell(PacketSession session, Throwable failure) {
    LogContext.about(
        session.connection(), () -> LOG.error("{}: the service failed", session, failure));
  }

  /** A method of the service has thrown something. */
  void failed(PacketSession session, Throwable failure) {
    if (!isCounted(failure)) {
      first.accept(session, failure);
      try {
        session.loop().schedule(this::tellOthers, COUNTING_SECONDS, TimeUnit.SECONDS);
      } catch (RejectedExecutionException ended) {
        tellOthers(); // the host ends, and nothing comes later
      }
    }
  }

  private synchronized boolean isCounted(Throwable failure) {
    if (counting) {
      count++;
      last = failure.getClass().getName();
      return true;
    }
    counting = true;
    return false;
  }

  private synchronized void tellOthers() {
    counting = false;
    if (count > 0) {
      others.accept(
          service
              + ": further failures of the service within a minute: "
              + count
              + "; the last: "
              + last);
      count = 0;
    }
  }
}
