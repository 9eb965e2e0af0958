package slipway.server.core.pipeline;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * What handlers have thrown from exceptionCaught: Netty only logs it, so the connection would stay
 * open with a service that has failed twice. A caller that passes something to a pipeline compares
 * the count before and after.
 */
public final class DroppedFailures {

  private static final FastThreadLocal<Failure> LAST = new FastThreadLocal<>();

  /** Without a fence: the reader is interested in what its own thread has counted. */
  private static int count;

  private record Failure(Throwable thrown, int number) {}

  private DroppedFailures() {}

  /** Notes a failure of the calling thread's. */
  public static void add(Throwable thrown) {
    LAST.set(new Failure(thrown, ++count));
  }

  /** A number that is greater after a failure in this thread, and perhaps at other times. */
  public static int count() {
    return count;
  }

  /** The last failure in this thread since the count was asked for; null if there is none. */
  public static Throwable since(int before) {
    Failure last = LAST.getIfExists();
    return last == null || last.number() - before <= 0 ? null : last.thrown();
  }
}
