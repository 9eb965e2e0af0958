package slipway.server.config;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import slipway.server.config.text.Values;

/**
 * Reads and writes Config Admin for the host; the {@link Journal} does not note these writes.
 *
 * <p>For one thread at a time: {@link Store} holds the lock. Others write to Config Admin whenever
 * they like.
 */
final class ConfigAdminClient {

  private final ConfigurationAdmin admin;
  private final Journal journal;
  private long writes;

  ConfigAdminClient(ConfigurationAdmin admin, Journal journal) {
    this.admin = admin;
    this.journal = journal;
  }

  /** Whether others have written to a configuration, and that is not followed yet. */
  boolean isEdited(ConfigurationId id) {
    return journal.hasWriteOf(id.cmPid());
  }

  /** Whether consumers may not know what Config Admin holds; says so once. */
  boolean isUntold(ConfigurationId id) {
    return journal.haveOverlapped(id.cmPid());
  }

  /** How many times the host has written until now. */
  long writes() {
    return writes;
  }

  /** The values that Config Admin holds; empty if it has no such configuration. */
  Optional<Map<String, Object>> find(String cmPid) throws IOException {
    Configuration[] found = list(equalTo(cmPid));
    try {
      return found.length == 0
          ? Optional.empty()
          : Optional.ofNullable(found[0].getProperties()).map(Values::of);
    } catch (IllegalStateException deleted) { // by another writer, just now
      return Optional.empty();
    }
  }

  /**
   * Gives Config Admin a configuration.
   *
   * @return false if another writer has just deleted it
   */
  boolean put(ConfigurationId id, Map<String, Object> values) throws IOException {
    Hashtable<String, Object> dictionary = new Hashtable<>(values);
    try {
      // "?": for every bundle that has the PID
      Configuration configuration =
          id.name().isEmpty()
              ? admin.getConfiguration(id.pid(), "?")
              : admin.getFactoryConfiguration(id.pid(), id.name(), "?");
      journal.own(() -> configuration.update(dictionary));
      writes++;
      return true;
    } catch (IllegalStateException deleted) {
      // by another writer, just now: the journal has it, and it is followed next
      return false;
    }
  }

  /** Deletes from Config Admin what it holds under a PID. */
  void delete(String cmPid) throws IOException {
    for (Configuration configuration : list(equalTo(cmPid))) {
      try {
        journal.own(configuration::delete);
        writes++;
      } catch (IllegalStateException deleted) {
        // by another writer, just now
      }
    }
  }

  /** All configurations that Config Admin holds. */
  Configuration[] all() throws IOException {
    return list(null);
  }

  private Configuration[] list(String filter) throws IOException {
    try {
      Configuration[] found = admin.listConfigurations(filter);
      return found == null ? new Configuration[0] : found;
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String equalTo(String cmPid) {
    return "(" + Constants.SERVICE_PID + "=" + cmPid.replaceAll("[\\\\*()]", "\\\\$0") + ")";
  }
}
