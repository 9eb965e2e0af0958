package slipway.server.profile.record;

import java.io.IOException;
import java.text.ParseException;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.server.profile.jfr.Attribution;
import slipway.server.profile.jfr.Repository;
import slipway.server.profile.jfr.VersionEvents;

/**
 * The recording of the last minutes, for what is only seen to have been slow afterwards. The
 * configuration says whether there is one; an operator may turn it on and off until the
 * configuration says something else. It ends with the bundle. May be used from any thread.
 */
@Component(service = LastMinutes.class, immediate = true, configurationPid = ProfileConfig.PID)
@Designate(ocd = ProfileConfig.class)
public final class LastMinutes {

  private static final Logger LOG = LoggerFactory.getLogger(LastMinutes.class);

  /** The JDK's settings for recordings that are always on: they cost about one percent. */
  private static final String SETTINGS = "default";

  private static final String NAME = "slipway";

  private final Repository repository;
  private final VersionEvents versions;

  /** Guarded by this, as is the rest. */
  private RecordRule rule;

  /** Null while nothing is recorded. */
  private Recording recording;

  /** For Declarative Services. */
  @Activate
  public LastMinutes(
      @Reference Repository repository,
      @Reference VersionEvents versions,
      Map<String, Object> properties) {
    this.repository = repository;
    this.versions = versions;
    modified(properties);
  }

  /** A configuration that is refused changes nothing: the last good one stays in force. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      change(RecordRule.of(Settings.of(ProfileConfig.class, properties)));
    } catch (InvalidConfiguration refused) {
      LOG.error("{}: refused: {}", ProfileConfig.PID, refused.getMessage());
      keepUsual();
    } catch (IOException | IllegalStateException failed) {
      LOG.error("the JVM is not recorded: {}", failed.toString());
    }
  }

  private synchronized void keepUsual() {
    if (rule == null) {
      rule = RecordRule.usual();
    }
  }

  private synchronized void change(RecordRule to) throws IOException {
    boolean wasOn = rule != null && rule.on();
    rule = to;
    if (recording != null) {
      limit(recording);
    }
    if (to.on() && !wasOn) {
      turnOn();
    } else if (wasOn && !to.on()) {
      turnOff();
    }
  }

  private void limit(Recording limited) {
    limited.setMaxAge(rule.age());
    limited.setMaxSize(rule.size());
  }

  /**
   * Records from now on; nothing if it does so already.
   *
   * @return whether it did not
   * @throws IOException if the JVM's settings cannot be read
   * @throws IllegalStateException if this Java has no recorder
   */
  synchronized boolean turnOn() throws IOException {
    if (recording != null) {
      return false;
    }
    repository.use();
    versions.begin();
    Recording begun = new Recording(settings());
    begun.setName(NAME);
    begun.setToDisk(true);
    begun.setDumpOnExit(false);
    begun.enable(Attribution.VERSIONS);
    limit(begun);
    begun.start();
    recording = begun;
    return true;
  }

  private static Configuration settings() throws IOException {
    try {
      return Configuration.getConfiguration(SETTINGS);
    } catch (ParseException wrong) {
      throw new IOException("the JDK's settings " + SETTINGS + " cannot be read", wrong);
    }
  }

  /**
   * Records no longer; what was recorded is gone.
   *
   * @return whether it did
   */
  synchronized boolean turnOff() {
    if (recording == null) {
      return false;
    }
    recording.close();
    recording = null;
    return true;
  }

  /** Whether it records. */
  synchronized boolean isOn() {
    return recording != null;
  }

  /** How much is kept. */
  synchronized RecordRule rule() {
    return rule;
  }

  @Deactivate
  synchronized void deactivate() {
    turnOff();
  }
}
