package slipway.server.config;

import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.config.ConfigAdminMirror.Entry;

/**
 * Puts what was good before in the place of what is refused, each configuration of a file for
 * itself. For one thread at a time: {@link Store} holds the lock.
 */
final class Fallback {

  private static final Logger LOG = LoggerFactory.getLogger(Fallback.class);

  /** What has become of a configuration whose values were refused. */
  enum Outcome {
    /** Values that were good before are in force. */
    OLDER("; the last good configuration stays in force"),
    /** The values stay, as what runs still uses them. */
    STAYS(
        "; it stays in force while another version accepts it, as there is nothing that both "
            + "accept"),
    /** Nothing is in force any more. */
    WITHDRAWN(
        "; nothing that was in force before is accepted either, so what it configures has its "
            + "defaults, or does not run");

    private final String end;

    Outcome(String end) {
      this.end = end;
    }

    /** The end of a message that begins with the refusal. */
    String end() {
      return end;
    }
  }

  private final ConfigAdminMirror mirror;
  private final Checks checks;
  private final LastGood lastGood;

  Fallback(ConfigAdminMirror mirror, Checks checks, LastGood lastGood) {
    this.mirror = mirror;
    this.checks = checks;
    this.lastGood = lastGood;
  }

  /** Remembers the values that are in force, as all present checks accept them. */
  void note(ConfigurationId id) {
    lastGood.note(id, mirror.get(id).values(), checks.versions(id.pid()));
  }

  /** Forgets the configurations that are gone. */
  void forgetIf(Predicate<ConfigurationId> isGone) {
    lastGood.ids().stream().filter(isGone).forEach(lastGood::forget);
  }

  /**
   * What a refused file defines gets its earlier values, if they are known and nothing of it is in
   * force.
   */
  void restore(String file, Reading reading) {
    reading
        .definitions()
        .forEach(
            (id, definition) -> {
              if (mirror.get(id) == null) {
                goBack(id, file, definition.yields());
              }
            });
  }

  /** What a check refuses gives way to what it accepts, and goes if no other check accepts it. */
  Outcome giveWay(ConfigurationId id) {
    Entry entry = mirror.get(id);
    if (goBack(id, entry.file(), entry.yields())) {
      return Outcome.OLDER;
    }
    if (mirror.isTakenByAny(id, entry.values())) {
      return Outcome.STAYS;
    }
    put(id, null);
    return Outcome.WITHDRAWN;
  }

  /** Puts the newest values into force that were so before and that all checks take. */
  private boolean goBack(ConfigurationId id, String file, boolean yields) {
    for (Map<String, Object> values : lastGood.of(id)) {
      if (mirror.isTaken(id, values)) {
        put(id, new Entry(file, values, yields));
        LOG.info("{} is as it was before {} was refused", id, ConfFolder.shown(file));
        return true;
      }
    }
    return false;
  }

  private void put(ConfigurationId id, Entry entry) {
    try {
      mirror.put(id, entry);
    } catch (IOException failure) {
      LOG.error("Config Admin cannot change {}: {}", id, IoReason.of(failure), failure);
    }
  }
}
