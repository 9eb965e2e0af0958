package slipway.server.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.RefusedFile;
import slipway.config.ConfigurationCheck;
import slipway.config.ConfigurationStore;
import slipway.config.InvalidConfiguration;

/**
 * The door to what keeps {@code conf/} and Config Admin the same: one lock, taken by each thread
 * that comes, be it the watcher of files, a command, Config Admin or a check that arrives. Under it
 * the disk is written and checks are asked.
 */
@Component(service = {Store.class, ConfigurationStore.class})
public final class Store implements ConfigurationStore {

  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Checks checks = new Checks();
  private final CheckArrivals arrivals;
  private final ConfFolder folder;
  private final ConfFiles files;
  private final RefusedFiles refused;
  private final Configurations configurations;
  private final ConfigAdminFollower follower;
  private final ConfigAdminClient client;
  private final Announcements announcements;
  private boolean stopped;

  /** For Declarative Services. */
  @Activate
  public Store(
      BundleContext context, @Reference ConfigurationAdmin admin, @Reference Journal journal) {
    this(
        new ConfFolder(HostProperties.folder(context, "conf")),
        HostProperties.folder(context, "var/conf"),
        admin,
        journal,
        CheckArrivals.in(context));
    HostProperties.seeThatEditsAreKept(context);
  }

  /**
   * Makes the store.
   *
   * @param folder the one that people edit
   * @param kept the folder for what was in force
   * @param arrivals told of the checks that have been asked
   */
  Store(
      ConfFolder folder,
      Path kept,
      ConfigurationAdmin admin,
      Journal journal,
      CheckArrivals arrivals) {
    this.folder = folder;
    this.arrivals = arrivals;
    this.client = new ConfigAdminClient(admin, journal);
    this.announcements = new Announcements(admin);
    ConfigAdminMirror mirror = new ConfigAdminMirror(client, checks);
    this.files = new ConfFiles(folder, checks, mirror, new LastGood(new LastGoodFolder(kept)));
    this.refused = new RefusedFiles(files.states(), mirror);
    this.configurations = new Configurations(folder, files, mirror);
    this.follower = new ConfigAdminFollower(folder, files, configurations, mirror, client, journal);
  }

  /** Reads the folder: with this, what the files say is in force. */
  @Activate
  void start() throws IOException {
    locked(follower::scan);
  }

  /** Declarative Services takes the checks away one by one after this: that changes nothing. */
  @Deactivate
  void stop() {
    locked(() -> stopped = true);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addCheck(ConfigurationCheck check, ServiceReference<ConfigurationCheck> reference) {
    if (reference.getProperty(ConfigurationCheck.PID) instanceof String pid) {
      Bundle bundle = reference.getBundle();
      String version = bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion();
      locked(
          () -> {
            checks.add(pid, check, version);
            checksChanged(pid);
          });
    } else {
      LOG.error(
          "{} has no service property {} and is not asked",
          check.getClass().getName(),
          ConfigurationCheck.PID);
    }
    arrivals.known(reference);
  }

  void removeCheck(ConfigurationCheck check, ServiceReference<ConfigurationCheck> reference) {
    arrivals.gone(reference);
    if (reference.getProperty(ConfigurationCheck.PID) instanceof String pid) {
      locked(
          () -> {
            checks.remove(pid, check);
            if (!stopped && !checks.isDeserted(pid)) {
              checksChanged(pid);
            }
          });
    }
  }

  private void checksChanged(String pid) {
    long writes = client.writes();
    files.checksChanged(pid);
    follow();
    if (client.writes() != writes) {
      announcements.owe();
    }
  }

  @Override
  public CompletionStage<Void> announced() {
    return arrivals.settled().thenCompose(asked -> announcements.announced());
  }

  /** Whether what Config Admin tells of is a mark of the host's. */
  boolean heard(String cmPid) {
    return announcements.heard(cmPid);
  }

  ConfFolder folder() {
    return folder;
  }

  /**
   * Looks at a file of {@code conf/} that may have been made, changed or deleted.
   *
   * @return false if it could not be read
   */
  boolean changed(String name) {
    lock.lock();
    try {
      boolean read = files.changed(name);
      follow();
      return read;
    } finally {
      lock.unlock();
    }
  }

  /** Follows what others have done in Config Admin, to this configuration among others. */
  void follow(ConfigurationId id, String cmPid) throws IOException {
    locked(
        () -> {
          follower.follow(id, cmPid);
          files.retryRefused();
        });
  }

  /** What was left alone meanwhile, as others had edited it in Config Admin. */
  private void follow() {
    try {
      follower.follow();
    } catch (IOException failure) {
      LOG.error("An edit in Config Admin cannot be followed: {}", IoReason.of(failure), failure);
    }
  }

  @Override
  public void save(String factoryPid, String name, Map<String, String> changes)
      throws IOException, InvalidConfiguration {
    ConfigurationId id = new ConfigurationId(factoryPid, name);
    lock.lock();
    try {
      follower.follow(id, id.cmPid());
      configurations.store(id, with(changes));
      follow();
      files.retryRefused();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean change(String factoryPid, String name, Map<String, String> changes)
      throws IOException, InvalidConfiguration {
    ConfigurationId id = new ConfigurationId(factoryPid, name);
    lock.lock();
    try {
      follower.follow(id, id.cmPid());
      boolean changed = configurations.change(id, with(changes));
      follow();
      files.retryRefused();
      return changed;
    } finally {
      lock.unlock();
    }
  }

  private static UnaryOperator<Map<String, Object>> with(Map<String, String> changes) {
    return current -> {
      Map<String, Object> wanted = new TreeMap<>(current);
      wanted.putAll(changes);
      return wanted;
    };
  }

  @Override
  public void remove(String factoryPid, String name) throws IOException {
    ConfigurationId id = new ConfigurationId(factoryPid, name);
    locked(
        () -> {
          follower.follow(id, id.cmPid());
          configurations.remove(id);
          follow();
          files.retryRefused();
        });
  }

  @Override
  public List<String> refusals() {
    lock.lock();
    try {
      return files.states().refusals();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<RefusedFile> refusals(String factoryPid) {
    lock.lock();
    try {
      return refused.of(factoryPid);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<RefusedFile> refusalsExcept(String factoryPid) {
    lock.lock();
    try {
      return refused.except(factoryPid);
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
