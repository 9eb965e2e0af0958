package slipway.server.core.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Bytes in and out of one connection. Written by its event loop alone, without a fence; read by
 * anybody, who sees a value that was true a moment ago.
 */
final class ByteCounts {

  private static final VarHandle IN;
  private static final VarHandle OUT;

  static {
    try {
      IN = MethodHandles.lookup().findVarHandle(ByteCounts.class, "in", long.class);
      OUT = MethodHandles.lookup().findVarHandle(ByteCounts.class, "out", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private long in;
  private long out;

  void addIn(long count) {
    IN.setOpaque(this, in + count);
  }

  void addOut(long count) {
    OUT.setOpaque(this, out + count);
  }

  long in() {
    return (long) IN.getOpaque(this);
  }

  long out() {
    return (long) OUT.getOpaque(this);
  }
}
