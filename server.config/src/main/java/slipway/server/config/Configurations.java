package slipway.server.config;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;

/**
 * Keeps the files in {@code conf/} and Config Admin the same when either is changed by the host or
 * in Config Admin: edits the file that defines a configuration. What people change in the files
 * comes through the {@link Gate}.
 *
 * <p>For one thread at a time: {@link Store} holds the lock. Nothing here waits for another thread;
 * Config Admin tells components from threads of its own.
 */
final class Configurations {

  private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
  private static final int ATTEMPTS = 5;

  private final ConfFolder folder;
  private final InForce inForce;
  private final Gate gate;

  Configurations(ConfFolder folder, ConfigurationAdmin admin, Checks checks) {
    this.folder = folder;
    this.inForce = new InForce(admin, checks);
    this.gate = new Gate(folder, checks, inForce);
  }

  Gate gate() {
    return gate;
  }

  /**
   * Changes a configuration in the file that defines it, or in a new one, and puts it into force.
   *
   * @param change from the values that the file gives it to those wanted
   */
  void store(ConfigurationId id, UnaryOperator<Map<String, Object>> change)
      throws IOException, InvalidConfiguration {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ConfFile home = home(id);
      String text = home == null ? null : folder.read(home.name()).orElse("");
      if (commit(Edit.change(id, home, text, change))) {
        return;
      }
    }
    throw new IOException(id + " cannot be saved: its file is being changed by others");
  }

  /** Removes a configuration from the file that defines it and from Config Admin. */
  void remove(ConfigurationId id) throws IOException {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        ConfFile home = home(id);
        if (home == null) {
          return;
        }
        String text = home.isIni() ? folder.read(home.name()).orElse("") : null;
        Edit edit = Edit.remove(id, home, text);
        if (home.isIni() ? commit(List.of(edit)) : delete(edit)) {
          return;
        }
      }
    } catch (InvalidConfiguration invalid) {
      throw new IOException(id + " cannot be removed: " + invalid.getMessage(), invalid);
    }
    throw new IOException(id + " cannot be removed: its file is being changed by others");
  }

  private boolean delete(Edit edit) throws IOException {
    folder.delete(edit.file().name());
    gate.forget(edit.file().name());
    return true;
  }

  /** The file that defines a configuration, or would if it were not refused; null if none does. */
  private ConfFile home(ConfigurationId id) {
    InForce.Entry entry = inForce.get(id);
    if (entry != null && !folder.has(entry.file())) {
      gate.forget(entry.file()); // it was deleted a moment ago
      entry = inForce.get(id);
    }
    if (entry != null) {
      return ConfFile.of(entry.file()).orElseThrow();
    }
    return gate.definersOf(id).stream().findFirst().orElse(null);
  }

  /**
   * Makes edits, first in the files, then in Config Admin.
   *
   * @return false if somebody else has changed a file meanwhile; then nothing is done
   * @throws InvalidConfiguration if the result would be refused
   * @throws IOException if that fails; what was done is undone
   */
  private boolean commit(List<Edit> edits) throws IOException, InvalidConfiguration {
    Map<String, Seen> changes = new LinkedHashMap<>();
    for (Edit edit : edits) {
      Seen seen = Seen.of(edit.file(), edit.after());
      if (seen.refusal() != null) {
        throw new InvalidConfiguration(seen.refusal());
      }
      changes.put(edit.file().name(), seen);
    }
    Map<ConfigurationId, InForce.Entry> plan = inForce.plan(Gate.readings(changes));
    for (Edit edit : edits) {
      if (!edit.isCurrent(folder)) {
        return false;
      }
    }
    Edit.write(folder, edits);
    try {
      gate.apply(changes, plan);
    } catch (IOException failure) {
      Edit.undo(folder, edits.reversed(), failure);
      throw failure;
    }
    return true;
  }

  /**
   * Follows what somebody else has done in Config Admin: writes it into a file, or puts back what
   * the files say if it is refused. Does nothing where the two are the same. What a person has
   * written into a file meanwhile comes first.
   *
   * @param cmPid the PID that Config Admin knows; a factory configuration without a name has one
   *     that is made up, and gets one of the form {@code FACTORY~NAME}
   */
  void reconcile(ConfigurationId id, String cmPid) throws IOException {
    if (!id.isOwn() && inForce.get(id) == null) {
      return;
    }
    inForce.look(id);
    gate.definersOf(id).forEach(gate::look);
    if (!cmPid.equals(id.cmPid())) {
      Map<String, Object> madeUp = inForce.find(cmPid).map(Values::of).orElse(null);
      if (madeUp != null) {
        followChange(id, cmPid, madeUp);
        inForce.delete(cmPid);
      }
      return;
    }
    Map<String, Object> present = inForce.look(id);
    InForce.Entry entry = inForce.get(id);
    if (present == null && entry != null) {
      followRemoval(id, entry);
    } else if (present != null && (entry == null || !Values.same(entry.values(), present))) {
      followChange(id, cmPid, present);
    }
  }

  private void followRemoval(ConfigurationId id, InForce.Entry entry) throws IOException {
    try {
      remove(id);
    } catch (IOException failure) {
      LOG.error("{} was removed from Config Admin and is put back", id, failure);
      inForce.put(id, entry);
    }
  }

  private void followChange(ConfigurationId id, String cmPid, Map<String, Object> present)
      throws IOException {
    try {
      store(id, current -> present);
    } catch (InvalidConfiguration | IOException refused) {
      LOG.error(
          "An edit of {} in Config Admin is undone: {}",
          id,
          refused.getMessage(),
          refused instanceof IOException ? refused : null);
      InForce.Entry entry = inForce.get(id);
      if (entry == null) {
        inForce.delete(cmPid);
      } else {
        inForce.put(id, entry);
      }
    }
  }

  /** Reads the whole folder and removes from Config Admin what came from files that are gone. */
  void scan() throws IOException {
    for (String name : folder.names()) {
      ConfFile.of(name).ifPresent(gate::look);
    }
    gate.retryRefused();
    for (var configuration : inForce.all()) {
      String cmPid = configuration.getPid();
      ConfigurationId id = ConfigurationId.of(cmPid, configuration.getFactoryPid());
      if (inForce.get(id) != null && cmPid.equals(id.cmPid())) {
        continue;
      }
      if (configuration.getProperties().get(Values.FILE) != null) {
        configuration.delete();
      } else {
        reconcile(id, cmPid);
      }
    }
  }
}
