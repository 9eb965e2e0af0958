package slipway.server.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.profile.Timing;

/**
 * What is measured from when an operator turns sections on until the next time. May be used by any
 * thread.
 */
final class Term implements Meter {

  /** Under this name the threads are shown that have ended. */
  static final String ENDED = "(ended)";

  /** Under this name all virtual threads are shown. */
  static final String VIRTUAL = "(virtual)";

  /** With more threads than these, those that have ended are put together. */
  private static final int MANY_THREADS = 256;

  private final ThreadLocal<ThreadTable> own = new ThreadLocal<>();
  private final Queue<ThreadTable> tables = new ConcurrentLinkedQueue<>();
  private final AtomicInteger threads = new AtomicInteger();
  private final VirtualThreads virtual = new VirtualThreads();

  /** By their numbers; guarded by itself. */
  private final List<HostSection> sections = new ArrayList<>();

  /** Of threads that have ended, by the numbers of sections; guarded by itself. */
  private final Map<Integer, Row> ended = new HashMap<>();

  /** Gives a section its number. */
  int number(HostSection section) {
    synchronized (sections) {
      sections.add(section);
      return sections.size() - 1;
    }
  }

  @Override
  public Timing begin(HostSection section) {
    int number = section.number(this);
    if (Thread.currentThread().isVirtual()) {
      return virtual.begin(number);
    }
    ThreadTable table = own.get();
    return (table == null ? begun() : table).begin(number);
  }

  private ThreadTable begun() {
    ThreadTable table = new ThreadTable(Thread.currentThread());
    own.set(table);
    tables.add(table);
    if (threads.incrementAndGet() > MANY_THREADS) {
      putEndedTogether();
    }
    return table;
  }

  private void putEndedTogether() {
    synchronized (ended) {
      for (ThreadTable table : tables) {
        if (table.isOver() && tables.remove(table)) {
          threads.decrementAndGet();
          Row[] rows = table.rows();
          for (int number = 0; number < rows.length; number++) {
            if (rows[number] != null) {
              ended.computeIfAbsent(number, each -> new Row()).add(rows[number].figures());
            }
          }
        }
      }
    }
  }

  /** What was measured until now, in no order. */
  List<Measured> measured() {
    List<HostSection> all;
    synchronized (sections) {
      all = List.copyOf(sections);
    }
    List<Measured> measured = new ArrayList<>();
    synchronized (ended) {
      putEndedTogether();
      ended.forEach((number, row) -> add(measured, all, number, ENDED, row.figures()));
    }
    for (ThreadTable table : tables) {
      Row[] rows = table.rows();
      for (int number = 0; number < rows.length; number++) {
        if (rows[number] != null) {
          add(measured, all, number, table.name(), rows[number].figures());
        }
      }
    }
    virtual
        .rows()
        .forEach(
            (number, row) -> {
              synchronized (row) {
                add(measured, all, number, VIRTUAL, row.figures());
              }
            });
    return measured;
  }

  private static void add(
      List<Measured> measured,
      List<HostSection> sections,
      int number,
      String thread,
      Figures figures) {
    if (number < sections.size() && figures.calls() > 0) {
      HostSection section = sections.get(number);
      measured.add(new Measured(section.owner(), section.name(), thread, figures));
    }
  }
}
