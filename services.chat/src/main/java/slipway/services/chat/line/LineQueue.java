package slipway.services.chat.line;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import slipway.service.Handed;
import slipway.services.chat.store.Cause;

/**
 * The lines of a connection, which are taken one after the other. One that needs the database, a
 * password's hash or a pause makes the queue busy, and those behind it wait: so what a user does
 * happens in its order. Confined to the connection's event loop.
 *
 * <pre>
 *          a line                 await
 *   IDLE ─────────▶ ACTING ────────────────▶ BUSY     what it waits for is there: ▶ ACTING
 *    ▲                 │  │       pause
 *    ├──── done ───────┘  └────────────────▶ PAUSED   the time is over: ▶ ACTING
 *    └──── interrupt ───────────────────────────┘
 * </pre>
 */
public final class LineQueue {

  private static final String WAITING = "waiting";
  private static final String COMPLETE = "inputEnded";

  private final EventExecutor loop;
  private final Taker taker;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private Mode mode = Mode.IDLE;
  private boolean complete;

  /** Runs out if the queue is paused; else null. */
  private Future<?> timer;

  private enum Mode {
    /** The next line may be taken. */
    IDLE,
    /** A line is acted on, or what it waited for. */
    ACTING,
    /** Something is awaited. */
    BUSY,
    /** A pause is waited for, which may be interrupted. */
    PAUSED
  }

  /** Takes the lines of a queue, in its event loop. */
  public interface Taker {

    /** Whether it takes a line now. */
    boolean isReady();

    /** Whether it still wants to know what it has awaited. */
    boolean isThere();

    /**
     * Takes a line.
     *
     * @param line without its delimiter; not used by anybody else
     */
    void take(byte[] line);

    /** It has failed in what it did. */
    void failed(Throwable failure);

    /** As many lines as may be have been taken. Not called while one is acted on. */
    void settled();
  }

  /** Makes it, empty and idle. */
  public LineQueue(EventExecutor loop, Taker taker) {
    this.loop = loop;
    this.taker = taker;
  }

  // ---- lines ---------------------------------------------------------------------------------

  /** A line has come. */
  public void add(byte[] line) {
    waiting.add(line);
  }

  /** No line comes any more. */
  public void complete() {
    complete = true;
  }

  /** Nothing that waits is taken. */
  public void clear() {
    waiting.clear();
  }

  /** Whether lines wait behind the one that is taken. */
  public boolean hasMore() {
    return !waiting.isEmpty();
  }

  /** Whether something is awaited, or a pause is. */
  public boolean isBusy() {
    return mode == Mode.BUSY || mode == Mode.PAUSED;
  }

  /** Whether all has been done that was ever asked for. */
  public boolean isServed() {
    return complete && waiting.isEmpty() && !isBusy();
  }

  /** Takes lines while it can. One whose answer makes the channel writable again is not left. */
  public void next() {
    if (mode == Mode.ACTING) {
      return; // it is called again when that is done
    }
    while (mode == Mode.IDLE && hasMore() && taker.isReady()) {
      byte[] line = waiting.poll();
      act(() -> taker.take(line));
    }
    taker.settled();
  }

  private void act(Runnable step) {
    mode = Mode.ACTING;
    try {
      step.run();
    } catch (RuntimeException | Error failed) { // a task's failure would not be heard
      taker.failed(failed);
    } finally {
      if (mode == Mode.ACTING) {
        mode = Mode.IDLE;
      }
    }
  }

  // ---- what takes time -----------------------------------------------------------------------

  /**
   * Makes the queue busy until something is there.
   *
   * @param then told what it is, or why it failed, unless the taker is gone
   * @throws IllegalStateException if it is busy already
   */
  public <T> void await(CompletionStage<T> stage, BiConsumer<T, Throwable> then) {
    begin(Mode.BUSY);
    stage.whenComplete(
        (value, failure) ->
            execute(
                () -> {
                  mode = Mode.IDLE;
                  if (taker.isThere()) {
                    act(() -> then.accept(value, Cause.of(failure)));
                  }
                  next();
                }));
  }

  /**
   * Makes the queue busy for a while.
   *
   * @throws IllegalStateException if it is busy already
   */
  public void pause(long nanos, Runnable then) {
    begin(Mode.PAUSED);
    timer =
        loop.schedule(
            () -> {
              timer = null;
              act(then);
              next();
            },
            nanos,
            NANOSECONDS);
  }

  /** Takes a line again, later and before all others. */
  public void retry(byte[] line, long nanos) {
    waiting.addFirst(line);
    pause(nanos, () -> {});
  }

  /** Ends a pause, and what was to come then does not. */
  public void interrupt() {
    if (mode == Mode.PAUSED) {
      timer.cancel(false);
      timer = null;
      mode = Mode.IDLE;
    }
  }

  private void begin(Mode next) {
    if (isBusy()) {
      throw new IllegalStateException("it is busy already");
    }
    mode = next;
  }

  /** Does something in the event loop, behind what it does now; nothing if the host ends. */
  public void execute(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException theHostEnds) {
      // nobody is left to be told
    }
  }

  // ---- hand-off ------------------------------------------------------------------------------

  /** What another version needs to go on, in the types that each version has expected so far. */
  public Map<String, Object> state() {
    return Map.of(WAITING, new ArrayList<>(waiting), COMPLETE, complete);
  }

  /**
   * Is where another version was.
   *
   * @param given what that one gave
   */
  public void resume(Handed given) {
    if (given.toMap().get(WAITING) instanceof Collection<?> lines) {
      lines.stream().filter(byte[].class::isInstance).map(byte[].class::cast).forEach(waiting::add);
    }
    complete = given.flag(COMPLETE);
  }
}
