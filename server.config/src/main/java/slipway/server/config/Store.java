package slipway.server.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.ConfigurationCheck;
import slipway.config.ConfigurationStore;
import slipway.config.InvalidConfiguration;

/**
 * The door to {@link Configurations}: one lock, held by whoever comes, be it the watcher of files,
 * a command, Config Admin or a check that arrives. Under it the disk is written and checks are
 * asked.
 */
@Component(service = {Store.class, ConfigurationStore.class})
public final class Store implements ConfigurationStore {

  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final String HOME = "slipway.home";
  private static final String WATCHER = "org.apache.felix.fileinstall";

  private final ReentrantLock lock = new ReentrantLock();
  private final BundleContext context;
  private final Checks checks = new Checks();
  private final ConfFolder folder;
  private final Configurations configurations;

  /** For Declarative Services. */
  @Activate
  public Store(BundleContext context, @Reference ConfigurationAdmin admin) {
    String home = context.getProperty(HOME);
    if (home == null) {
      throw new IllegalStateException(
          "framework property " + HOME + " is not set: allowed is the host's folder");
    }
    this.context = context;
    this.folder = new ConfFolder(Path.of(home, "conf"));
    this.configurations = new Configurations(folder, admin, checks);
  }

  /**
   * Where the watcher runs already, because this bundle was updated or started again, reads the
   * folder: the watcher will not offer again what it has offered before.
   */
  @Activate
  void start() throws IOException {
    boolean watched =
        Arrays.stream(context.getBundles())
            .anyMatch(
                bundle ->
                    WATCHER.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE);
    if (watched) {
      locked(configurations::scan);
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addCheck(ConfigurationCheck check, Map<String, Object> properties) {
    if (properties.get(ConfigurationCheck.PID) instanceof String pid) {
      checks.add(pid, check);
      locked(() -> configurations.gate().checkArrived(pid));
    } else {
      LOG.error(
          "{} has no service property {} and is not asked",
          check.getClass().getName(),
          ConfigurationCheck.PID);
    }
  }

  void removeCheck(ConfigurationCheck check, Map<String, Object> properties) {
    if (properties.get(ConfigurationCheck.PID) instanceof String pid) {
      checks.remove(pid, check);
    }
  }

  /** Whether a file lies in {@code conf/}. */
  boolean holds(Path file) {
    return folder.holds(file);
  }

  /** Looks at a file of {@code conf/} that was made, changed or deleted. */
  void changed(String name) {
    locked(() -> configurations.gate().changed(name));
  }

  /** Follows what somebody else may have done to a configuration in Config Admin. */
  void reconcile(ConfigurationId id, String cmPid) throws IOException {
    locked(
        () -> {
          configurations.reconcile(id, cmPid);
          configurations.gate().retryRefused();
        });
  }

  @Override
  public void save(String factoryPid, String name, Map<String, String> changes)
      throws IOException, InvalidConfiguration {
    ConfigurationId id = new ConfigurationId(factoryPid, name);
    lock.lock();
    try {
      configurations.reconcile(id, id.cmPid());
      configurations.store(
          id,
          current -> {
            Map<String, Object> wanted = new TreeMap<>(current);
            wanted.putAll(changes);
            return wanted;
          });
      configurations.gate().retryRefused();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void remove(String factoryPid, String name) throws IOException {
    ConfigurationId id = new ConfigurationId(factoryPid, name);
    locked(
        () -> {
          configurations.reconcile(id, id.cmPid());
          configurations.remove(id);
          configurations.gate().retryRefused();
        });
  }

  @Override
  public List<String> refusals() {
    lock.lock();
    try {
      return configurations.gate().refusals();
    } finally {
      lock.unlock();
    }
  }

  /** Work that may fail with one kind of exception. */
  private interface Work<E extends Exception> {
    void run() throws E;
  }

  private <E extends Exception> void locked(Work<E> work) throws E {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }
}
