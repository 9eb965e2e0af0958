package slipway.packet;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * What is to be flushed in one turn of an event loop: one task for all connections that were
 * written to, so that a packet to a thousand sessions costs no thousand tasks. Confined to the
 * event loop.
 */
final class FlushTurn implements Runnable {

  private final EventExecutor loop;
  private final List<FlushConsolidation> written = new ArrayList<>();

  FlushTurn(EventExecutor loop) {
    this.loop = loop;
  }

  /** A connection was written to; it is flushed behind what the event loop has to do now. */
  void add(FlushConsolidation connection) {
    written.add(connection);
    if (written.size() == 1) {
      begin();
    }
  }

  private void begin() {
    try {
      loop.execute(this);
    } catch (RejectedExecutionException ended) {
      written.clear(); // and all connections of the event loop with it
    }
  }

  /** What is written meanwhile waits for the next turn, so that no other work waits for ever. */
  @Override
  public void run() {
    int due = written.size();
    int done = 0;
    try {
      while (done < due) {
        done++;
        written.get(done - 1).flush();
      }
    } finally { // the others are not to be forgotten if one throws
      written.subList(0, done).clear();
      if (!written.isEmpty()) {
        begin();
      }
    }
  }
}
