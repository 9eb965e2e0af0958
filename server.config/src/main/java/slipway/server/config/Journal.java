package slipway.server.config;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.cm.file.FilePersistenceManager;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import slipway.server.config.text.Values;

/**
 * Where Config Admin stores what it is given, and so the only place that sees every write with its
 * values: those of others are kept here, in their order, until the host has followed them.
 *
 * <p>Nothing less would do. Config Admin replaces a configuration without comparing, and its
 * listeners are told that there was a write, but not of what: when they look, the next write may
 * have replaced it. Config Admin stores before a write becomes visible, one write at a time. So
 * what a reader can see of others' writes is in this journal already.
 *
 * <p>Methods may be called from any thread. Config Admin calls under a lock of its own: nothing is
 * called from here but the disk.
 */
@Component(
    service = {Journal.class, PersistenceManager.class},
    property = PersistenceManager.PROPERTY_NAME + "=" + Journal.NAME,
    configurationPolicy = ConfigurationPolicy.IGNORE)
public final class Journal implements PersistenceManager {

  /** Framework property that names the store which Config Admin is to use. */
  static final String PROPERTY = "felix.cm.pm";

  /** The name of this one. */
  static final String NAME = "slipway";

  /** In what Config Admin stores: the number that the configuration had when the write began. */
  private static final String REVISION = ":org.apache.felix.configadmin.revision:";

  /** In what Config Admin stores for a configuration that has no values yet. */
  private static final String WITHOUT_VALUES = "_felix_.cm.newConfiguration";

  /**
   * What others have written to Config Admin.
   *
   * @param pid the PID that Config Admin knows
   * @param factoryPid the factory PID; null for a singleton
   * @param before the values until then; null if there was no configuration
   * @param after the values since; null if the configuration was deleted
   * @param time when that was
   */
  record Write(
      String pid,
      String factoryPid,
      Map<String, Object> before,
      Map<String, Object> after,
      Instant time) {}

  /** A write to Config Admin that may fail. */
  @FunctionalInterface
  interface OwnWrite {
    void run() throws IOException;
  }

  private record Latest(String factoryPid, Map<String, Object> values) {}

  private final PersistenceManager disk;
  private final Map<String, Latest> latest = new HashMap<>();
  private final Deque<Write> writes = new ArrayDeque<>();

  /** The highest number that a write of each configuration has begun with. */
  private final Map<String, Long> revisions = new HashMap<>();

  private final Set<String> overlapped = new HashSet<>();
  private Thread writer;

  /** For Declarative Services. */
  @Activate
  public Journal(BundleContext context) throws IOException {
    this(new FilePersistenceManager(context, null));
  }

  Journal(PersistenceManager disk) throws IOException {
    this.disk = disk;
    Enumeration<?> stored = disk.getDictionaries();
    while (stored.hasMoreElements()) {
      note((Dictionary<?, ?>) stored.nextElement());
    }
  }

  private void note(Dictionary<?, ?> stored) {
    if (stored.get(Constants.SERVICE_PID) instanceof String pid) {
      latest.put(
          pid,
          new Latest((String) stored.get(ConfigurationAdmin.SERVICE_FACTORYPID), values(stored)));
    }
  }

  /** Null for a configuration without values. */
  private static Map<String, Object> values(Dictionary<?, ?> stored) {
    return stored.get(WITHOUT_VALUES) == null ? Values.of(stored) : null;
  }

  // ---- the host --------------------------------------------------------------------------------

  /**
   * Writes to Config Admin without a note: the first write of this thread is the host's own. What
   * listeners write in turn, in the same thread, is noted.
   */
  void own(OwnWrite write) throws IOException {
    synchronized (this) {
      writer = Thread.currentThread();
    }
    try {
      write.run();
    } finally {
      synchronized (this) {
        writer = null;
      }
    }
  }

  /** The first write of others that is not followed yet; null if there is none. */
  synchronized Write first() {
    return writes.peek();
  }

  /** Takes the first write out: it has been followed. */
  synchronized void followed() {
    writes.remove();
  }

  /** Whether others have written to a configuration, and that is not followed yet. */
  synchronized boolean hasWriteOf(String pid) {
    return writes.stream().anyMatch(write -> write.pid().equals(pid));
  }

  /**
   * Whether writes of a configuration have overlapped since this was asked last. Config Admin gives
   * both the same number then, and its consumers leave out what has no new one: they may have been
   * told of the first and not of the last, and another write tells them.
   */
  synchronized boolean haveOverlapped(String pid) {
    return overlapped.remove(pid);
  }

  private void number(String pid, Object revision) {
    if (revision instanceof Long number) {
      Long highest = revisions.get(pid);
      if (highest == null || number > highest) {
        revisions.put(pid, number);
      } else {
        overlapped.add(pid);
      }
    }
  }

  private boolean isOwn() {
    boolean own = Thread.currentThread() == writer;
    if (own) {
      writer = null;
    }
    return own;
  }

  // ---- Config Admin ----------------------------------------------------------------------------

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public synchronized void store(String pid, Dictionary properties) throws IOException {
    disk.store(pid, properties);
    Map<String, Object> before = values(pid);
    note(properties);
    if (properties.get(WITHOUT_VALUES) == null) { // or no listener is told; the first values follow
      number(pid, properties.get(REVISION));
    }
    Map<String, Object> after = values(pid);
    boolean own = isOwn();
    // it also stores where a configuration is bound, with the same values
    if (!own && after != null && !Values.same(before, after)) {
      writes.add(new Write(pid, latest.get(pid).factoryPid(), before, after, Instant.now()));
    }
  }

  private Map<String, Object> values(String pid) {
    Latest known = latest.get(pid);
    return known == null ? null : known.values();
  }

  @Override
  public synchronized void delete(String pid) throws IOException {
    disk.delete(pid);
    Latest before = latest.remove(pid);
    revisions.remove(pid);
    overlapped.remove(pid);
    boolean own = isOwn();
    if (!own && before != null && before.values() != null) {
      writes.add(new Write(pid, before.factoryPid(), before.values(), null, Instant.now()));
    }
  }

  @Override
  public synchronized boolean exists(String pid) {
    return disk.exists(pid);
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public synchronized Dictionary load(String pid) throws IOException {
    return disk.load(pid);
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public synchronized Enumeration getDictionaries() throws IOException {
    return disk.getDictionaries();
  }
}
