package slipway.server.profile;

import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import slipway.server.profile.jfr.VersionEvents;

/**
 * Hears of the recordings of this JVM, those of the host and those that somebody makes with {@code
 * jcmd}. So sections ask nobody while they are off, and each recording can tell versions apart.
 * While there was no recording, this costs nothing: JFR is not even begun.
 */
@Component(service = {})
public final class RecordingListener implements FlightRecorderListener {

  private final Switch sections;
  private final VersionEvents versions;

  /** For Declarative Services. */
  @Activate
  public RecordingListener(@Reference Switch sections, @Reference VersionEvents versions) {
    this.sections = sections;
    this.versions = versions;
    FlightRecorder.addListener(this);
    if (FlightRecorder.isInitialized()) {
      look();
    }
  }

  @Deactivate
  void deactivate() {
    FlightRecorder.removeListener(this);
    sections.record(false);
  }

  /** Called by JFR, in the thread that has begun or ended a recording. */
  @Override
  public void recordingStateChanged(Recording recording) {
    look();
  }

  private void look() {
    versions.begin();
    sections.record(EventType.getEventType(SectionEvent.class).isEnabled());
  }
}
