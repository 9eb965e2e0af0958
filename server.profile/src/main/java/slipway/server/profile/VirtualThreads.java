package slipway.server.profile;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import slipway.profile.Timing;

/**
 * What all virtual threads together have spent in sections: there is one for each connection, and a
 * table for each would say nothing and cost much. May be used by any thread.
 */
final class VirtualThreads {

  /** Guarded each by itself. */
  private final Map<Integer, Row> rows = new ConcurrentHashMap<>();

  private static final class Entry implements Timing {
    private final Row row;
    private final long begun = System.nanoTime();
    private boolean closed;

    private Entry(Row row) {
      this.row = row;
    }

    @Override
    public void close() {
      long took = System.nanoTime() - begun;
      synchronized (row) {
        if (!closed) {
          closed = true;
          row.add(took);
        }
      }
    }
  }

  /** Begins to time a section, by its number. */
  Timing begin(int section) {
    return new Entry(rows.computeIfAbsent(section, number -> new Row()));
  }

  /** By the numbers of sections. */
  Map<Integer, Row> rows() {
    return rows;
  }
}
