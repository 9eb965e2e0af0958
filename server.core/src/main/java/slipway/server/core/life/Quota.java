package slipway.server.core.life;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections a service has, in all its versions, and how many it may have. A connection
 * keeps its place from when it has named the service to its end, whichever version serves it.
 *
 * <p>May be used from any thread.
 */
public final class Quota {

  /** Of what is no service: there is always room, and others say why it is not served. */
  public static final Quota NONE = new Quota("");

  private static final Logger LOG = LoggerFactory.getLogger(Quota.class);

  private final String service;
  private final AtomicInteger taken = new AtomicInteger();

  /** Whether it has been told that there is no room, and half of it has not been free since. */
  private final AtomicBoolean told = new AtomicBoolean();

  /** 0 for any number. */
  private volatile int most;

  /** Makes one of a service that may have any number. */
  public Quota(String service) {
    this.service = service;
  }

  /** How many it may have from now on, 0 for any number; those that are there stay. */
  void limit(int connections) {
    if (most != connections) {
      most = connections;
      told.set(false);
    }
  }

  /** Takes a place; false if there is none. */
  public boolean take() {
    int limit = most;
    int before = taken.getAndUpdate(now -> limit == 0 || now < limit ? now + 1 : now);
    if (limit == 0 || before < limit) {
      return true;
    }
    if (!told.getAndSet(true)) {
      LOG.warn("{} is full: max.connections = {}; further clients are refused", service, limit);
    }
    return false;
  }

  /** Gives a place back. */
  public void free() {
    if (taken.decrementAndGet() <= most / 2 && told.get()) {
      told.set(false);
    }
  }

  /** Why there is no place, for a client. */
  public String refusal() {
    return service + " is full";
  }

  /** What operators ought to know; empty for nothing. */
  String remark() {
    int limit = most;
    return limit > 0 && taken.get() >= limit ? "is full: max.connections = " + limit : "";
  }
}
