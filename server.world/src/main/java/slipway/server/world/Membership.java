package slipway.server.world;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A session in a world, from when it has joined until it has left. It is on the world's {@link
 * ReadyList} while there may be something to do for it.
 */
final class Membership {

  private static final VarHandle LISTED;

  static {
    try {
      LISTED = MethodHandles.lookup().findVarHandle(Membership.class, "listed", boolean.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final HostSession session;
  private final HostWorld world;

  /** The next one on the list; belongs to that. */
  Membership next;

  @SuppressWarnings("unused") // by its handle
  private boolean listed;

  // ---- what follows belongs to the world's loop ------------------------------------------------

  /** Its place among the members of the world. */
  int place;

  /** When it is looked whether it has sent something. */
  long checkAt;

  /** When the world was last told that it sends nothing, or it has joined. */
  long silentSince;

  /** Whether the world has heard of it, and is to hear that it leaves. */
  boolean known;

  /** Whether it has left. */
  boolean over;

  private boolean leaves;

  Membership(HostSession session, HostWorld world, long now) {
    this.session = session;
    this.world = world;
    this.silentSince = now;
  }

  HostSession session() {
    return session;
  }

  HostWorld world() {
    return world;
  }

  /** It leaves at the end of the frame. Belongs to the world's loop. */
  void leaves() {
    if (!leaves) {
      leaves = true;
      world.leaves(this);
    }
  }

  /** Whether it leaves at the end of the frame. */
  boolean isLeaving() {
    return leaves;
  }

  /** There may be something to do for it. May be called from any thread. */
  void wake() {
    if ((boolean) LISTED.compareAndSet(this, false, true)) {
      world.ready(this);
    }
  }

  /** It is on no list any more; what comes from now on puts it there again. */
  void unlisted() {
    LISTED.setVolatile(this, false);
  }

  /** It is looked at again; true if nobody has put it on the list meanwhile. */
  boolean relist() {
    return (boolean) LISTED.compareAndSet(this, false, true);
  }
}
