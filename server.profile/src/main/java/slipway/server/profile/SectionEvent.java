package slipway.server.profile;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import slipway.profile.Timing;

/**
 * One run of a section, for recordings of the JVM that ask for {@code slipway.Section}. JFR adds
 * when it began, how long it took, and its thread.
 */
@Name("slipway.Section")
@Label("Section")
@Description("One run of a section that a service has named")
@Category("Slipway")
@StackTrace(false)
@Enabled(false)
final class SectionEvent extends Event implements Timing {

  @Label("Service")
  private final String service;

  @Label("Version")
  private final String version;

  @Label("Section")
  private final String section;

  /** The thread that has begun it; null once it is over. JFR leaves transient fields out. */
  private transient Thread open;

  private SectionEvent(HostSection timed) {
    this.service = timed.owner().service();
    this.version = timed.owner().version();
    this.section = timed.name();
    this.open = Thread.currentThread();
  }

  /** This thread begins to time a section. */
  static Timing begin(HostSection timed) {
    SectionEvent event = new SectionEvent(timed);
    event.begin();
    return event;
  }

  @Override
  public void close() {
    if (open == Thread.currentThread()) {
      open = null;
      commit();
    }
  }
}
