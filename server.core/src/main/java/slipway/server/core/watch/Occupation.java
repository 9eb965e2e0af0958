package slipway.server.core.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import slipway.service.Connection;

/**
 * What an event loop does at this moment. The loop alone writes it, with plain stores and without a
 * fence, so that it costs a message nothing; the watchdog reads it a moment late.
 *
 * <p>The steps are a number that grows with whatever the loop begins to do. It is odd while the
 * loop waits for something to happen.
 */
public final class Occupation {

  private static final VarHandle STEPS;
  private static final VarHandle CONNECTION;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STEPS = lookup.findVarHandle(Occupation.class, "steps", long.class);
      CONNECTION = lookup.findVarHandle(Occupation.class, "connection", Connection.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private long steps = 1;
  private Connection connection;
  private volatile Thread thread;

  /** Makes that of a loop that has nothing to do. */
  public Occupation() {}

  /** Says which thread runs the loop; null for none. */
  public void runBy(Thread runner) {
    thread = runner;
  }

  /** The loop waits from now on. */
  public void waits() {
    STEPS.setOpaque(this, steps | 1);
  }

  /** The loop has something else to do, for a connection that is not known yet. */
  public void works() {
    CONNECTION.setOpaque(this, null);
    STEPS.setOpaque(this, (steps | 1) + 1);
  }

  /** The loop begins with something of a connection. */
  public void serves(Connection served) {
    CONNECTION.setOpaque(this, served);
    STEPS.setOpaque(this, (steps | 1) + 1);
  }

  /** A number that is another one when the loop does something else. */
  long steps() {
    return (long) STEPS.getOpaque(this);
  }

  static boolean isWaiting(long steps) {
    return (steps & 1) != 0;
  }

  /** What it was last known to serve; null if that is not known, or nothing. */
  Connection connection() {
    return (Connection) CONNECTION.getOpaque(this);
  }

  /** What runs the loop; null for nothing. */
  public Thread thread() {
    return thread;
  }

  /** What it does, in a few words: a moment late, as the watchdog sees it. */
  public String described() {
    if (isWaiting(steps())) {
      return "waits";
    }
    Connection served = connection();
    return served == null
        ? "works"
        : "serves connection " + served.id() + " of " + served.service();
  }
}
