package slipway.bots.link;

import io.netty.channel.EventLoop;
import org.HdrHistogram.Histogram;

/** An event loop, and what belongs to it: its connections and its own lateness. */
public final class Loop {

  private final EventLoop events;
  private final Links links;
  private final Dialer dialer;
  private final Lateness lateness = new Lateness();

  Loop(EventLoop events, Links links, Dialer dialer) {
    this.events = events;
    this.links = links;
    this.dialer = dialer;
  }

  void start() {
    lateness.start(events);
  }

  /** In which all of its bots run. */
  public EventLoop events() {
    return events;
  }

  /** Confined to the event loop. */
  public Links links() {
    return links;
  }

  /** Confined to the event loop. */
  public Dialer dialer() {
    return dialer;
  }

  /** How late the event loop was, in nanoseconds. Confined to it. */
  public Histogram lateness() {
    return lateness.nanos();
  }
}
