package slipway.server.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The times of one section in one thread. Written by that thread alone and without a lock; what
 * another thread reads meanwhile may be short of the last time.
 */
final class Row {

  private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int CALLS = 0;
  private static final int TOTAL = 1;
  private static final int LEAST = 2;
  private static final int SECOND_LEAST = 3;
  private static final int SECOND_GREATEST = 4;
  private static final int GREATEST = 5;
  private static final int COUNT = 6;

  private final long[] values = new long[COUNT];

  Row() {
    values[LEAST] = Long.MAX_VALUE;
    values[SECOND_LEAST] = Long.MAX_VALUE;
  }

  /** One more time, in nanoseconds. */
  void add(long nanos) {
    if (nanos < values[SECOND_LEAST]) {
      set(SECOND_LEAST, Math.max(nanos, values[LEAST]));
      set(LEAST, Math.min(nanos, values[LEAST]));
    }
    if (nanos > values[SECOND_GREATEST]) {
      set(SECOND_GREATEST, Math.min(nanos, values[GREATEST]));
      set(GREATEST, Math.max(nanos, values[GREATEST]));
    }
    set(TOTAL, values[TOTAL] + nanos);
    set(CALLS, values[CALLS] + 1);
  }

  private void set(int index, long value) {
    VALUES.setOpaque(values, index, value);
  }

  private long get(int index) {
    return (long) VALUES.getOpaque(values, index);
  }

  /** As many more times as were measured elsewhere. */
  void add(Figures other) {
    long calls = values[CALLS] + other.calls();
    long total = values[TOTAL] + other.total();
    if (other.calls() > 0) {
      add(other.least());
    }
    if (other.calls() > 1) {
      add(other.greatest());
    }
    if (other.calls() > 2) { // of three times it is the same one, which does no harm
      add(other.secondLeast());
      add(other.secondGreatest());
    }
    set(TOTAL, total);
    set(CALLS, calls);
  }

  /** What was measured until now; any thread. */
  Figures figures() {
    return new Figures(
        get(CALLS), get(TOTAL), get(LEAST), get(SECOND_LEAST), get(SECOND_GREATEST), get(GREATEST));
  }
}
