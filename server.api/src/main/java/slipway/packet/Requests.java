package slipway.packet;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import slipway.config.Durations;

/**
 * Requests that wait for their answer, each under a number that the answer repeats. A number comes
 * again only after all others, so an answer that comes late is not taken for another's. Confined to
 * the event loop.
 */
final class Requests {

  private final EventExecutor loop;
  private final Map<Integer, Request<?>> open = new HashMap<>();
  private int last;

  Requests(EventExecutor loop) {
    this.loop = loop;
  }

  private record Request<T>(
      Function<? super PacketReader, ? extends T> answer,
      CompletableFuture<T> result,
      Future<?> deadline) {

    void answered(PacketReader reader) {
      deadline.cancel(false);
      T value;
      try {
        value = answer.apply(reader);
      } catch (Throwable failed) {
        result.completeExceptionally(failed);
        throw failed;
      }
      result.complete(value);
    }

    void failed(Throwable why) {
      deadline.cancel(false);
      result.completeExceptionally(why);
    }
  }

  /**
   * Takes a request in.
   *
   * @param answer reads what its answer has
   * @param result completed with that, or failed
   * @param patience how long it may wait
   * @return its number, 1 or more, so that all types of number hold it
   */
  <T> int add(
      Function<? super PacketReader, ? extends T> answer,
      CompletableFuture<T> result,
      Duration patience) {
    do {
      last = last == Integer.MAX_VALUE ? 1 : last + 1;
    } while (open.containsKey(last));
    int number = last;
    Future<?> deadline =
        loop.schedule(() -> late(number, patience), patience.toNanos(), NANOSECONDS);
    open.put(number, new Request<>(answer, result, deadline));
    return number;
  }

  private void late(int number, Duration patience) {
    fail(number, new TimeoutException("no answer within " + Durations.format(patience)));
  }

  /**
   * An answer has come.
   *
   * @return false if no request of that number waits any more
   */
  boolean answered(long number, PacketReader reader) {
    Request<?> request = number == (int) number ? open.remove((int) number) : null;
    if (request == null) {
      return false;
    }
    request.answered(reader);
    return true;
  }

  /** One could not be sent. */
  void fail(int number, Throwable why) {
    Request<?> request = open.remove(number);
    if (request != null) {
      request.failed(why);
    }
  }

  /** The server is lost, and with it all answers. */
  void failAll(String why) {
    List<Request<?>> all = List.copyOf(open.values());
    open.clear();
    all.forEach(request -> request.failed(new IOException(why)));
  }
}
