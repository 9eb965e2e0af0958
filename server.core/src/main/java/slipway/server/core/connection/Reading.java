package slipway.server.core.connection;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import java.util.EnumSet;
import java.util.Set;

/**
 * Owns whether a connection is read: it is, as long as nobody has a reason against it. One reason
 * knows nothing of the others, so each may come and go when it likes.
 *
 * <p>A service gives its reason by {@link slipway.service.Connection#reads}. One that sets {@code
 * autoRead} by itself is respected, too: what it has set is what reading returns to when the last
 * reason has gone. It cannot say "no" in that way while there is a reason, as the flag says no
 * already.
 *
 * <p>Belongs to the connection's event loop.
 */
final class Reading {

  /** Why a connection is not read. */
  enum Reason {
    /** The service wants nothing more at the moment. */
    SERVICE,
    /** The service is being started, or the client's real address is not known yet. */
    DISPATCH,
    /** The client does not read what is written to it. */
    SLOW_PEER,
    /** The connection goes from one version of its service to another. */
    MOVE
  }

  private static final Set<Reason> OF_SERVICE = EnumSet.of(Reason.SERVICE);

  private final ChannelHandlerContext head;
  private final ChannelConfig config;
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

  /** What {@code autoRead} is without a reason: true, except if the service has set it. */
  private boolean flag = true;

  /** Whether somebody has asked for input by {@code read()} that was held back. */
  private boolean asked;

  /**
   * Makes one.
   *
   * @param head the place from which a read that was held back continues
   */
  Reading(ChannelHandlerContext head) {
    this.head = head;
    this.config = head.channel().config();
  }

  /** Adds a reason not to read. What the system has delivered already still comes. */
  void pause(Reason reason) {
    if (reasons.isEmpty()) {
      flag = config.isAutoRead();
    }
    if (reasons.add(reason)) {
      config.setAutoRead(false);
    }
  }

  /**
   * Takes a reason away, if it is there; reads if that was the last one. A peer may have been slow
   * for so short that nobody heard of it: what was held back meanwhile is read in any case.
   */
  void resume(Reason reason) {
    if (reasons.remove(reason) && reasons.isEmpty()) {
      config.setAutoRead(flag);
    }
    readHeldBack();
  }

  private void readHeldBack() {
    if (asked && isOpenForRead()) {
      asked = false;
      head.read();
    }
  }

  /**
   * A handler behind the head asks for input.
   *
   * @return whether that may pass on to the socket; if not, it will when the host has no reason
   *     left
   */
  boolean mayRead() {
    if (isOpenForRead()) {
      return true;
    }
    asked = true;
    if (!reasons.isEmpty() && config.isAutoRead()) { // a service has set it against a reason
      flag = true;
      config.setAutoRead(false);
    }
    return false;
  }

  /** A service that is not read may still ask for single reads, as Netty's decoders do. */
  private boolean isOpenForRead() {
    return (reasons.isEmpty() || reasons.equals(OF_SERVICE)) && head.channel().isWritable();
  }

  /** A version of the service has gone, and its reason with it; the flag stays as it is. */
  void forgetService() {
    resume(Reason.SERVICE);
  }

  /** A service has failed as it was attached: what it has set does not concern the next one. */
  void beginAnew() {
    flag = true;
    if (reasons.isEmpty()) {
      config.setAutoRead(true);
    } else {
      resume(Reason.SERVICE);
    }
  }

  /** Whatever comes in is dropped from now on, so no reason against reading counts any more. */
  void drain() {
    reasons.clear();
    beginAnew();
    readHeldBack();
  }
}
