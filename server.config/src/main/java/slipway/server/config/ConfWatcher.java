package slipway.server.config;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files of {@code conf/} a few times a second and tells {@link Store} of those that
 * were made, changed or deleted. Looks at names and stamps; reads nothing itself.
 *
 * <p>A change counts once two looks in a row see the same, so that most files are whole by then,
 * and a file that an editor takes away for a moment is not missed. A file that was changed a moment
 * ago is read at every look, as its stamp may hide a second change.
 *
 * <p>File Install would not see a change that keeps size and time, and what we leave alone it would
 * take over itself.
 */
@Component(service = ConfWatcher.class, immediate = true)
public final class ConfWatcher {

  private static final Logger LOG = LoggerFactory.getLogger(ConfWatcher.class);
  private static final String PERIOD = "felix.fileinstall.poll";
  private static final String DEFAULT_PERIOD = "250";

  /** Told of a file. */
  interface Listener {

    /**
     * Looks at a file, which need not have changed.
     *
     * @return whether it could be looked at; else it is tried again
     */
    boolean changed(String name);
  }

  private final ConfFolder folder;
  private final Listener listener;
  private final Clock clock;
  private final Map<String, FileStamp> told = new HashMap<>();
  private Map<String, FileStamp> last = Map.of();
  private String trouble = "";
  private ScheduledExecutorService looks;

  /** For Declarative Services. */
  @Activate
  public ConfWatcher(BundleContext context, @Reference Store store) {
    this(store.folder(), store::changed, Clock.systemUTC());
    String period = context.getProperty(PERIOD);
    long millis = Long.parseLong(period == null ? DEFAULT_PERIOD : period);
    looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "slipway-conf-watcher");
              thread.setDaemon(true);
              return thread;
            });
    looks.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  ConfWatcher(ConfFolder folder, Listener listener, Clock clock) {
    this.folder = folder;
    this.listener = listener;
    this.clock = clock;
  }

  @Deactivate
  void deactivate() {
    looks.shutdownNow();
  }

  /** One look, by one thread at a time. Never throws, or there would be no other. */
  void look() {
    try {
      Map<String, FileStamp> now = folder.stamps();
      Map<String, FileStamp> before = last;
      last = now;
      trouble = "";
      // what is gone comes first: it may stand in the way of what is new
      for (String name : new TreeSet<>(told.keySet())) {
        if (!now.containsKey(name) && !before.containsKey(name)) {
          tell(name, null);
        }
      }
      for (String name : new TreeSet<>(now.keySet())) {
        FileStamp stamp = now.get(name);
        boolean changed = !stamp.equals(told.get(name));
        if (changed ? stamp.equals(before.get(name)) : stamp.isFresh(clock.instant())) {
          tell(name, stamp);
        }
      }
    } catch (IOException unreadable) {
      String reason = IoReason.of(unreadable);
      if (!reason.equals(trouble)) {
        LOG.error("conf/ cannot be read: {}. What is in force stays in force", reason);
      }
      trouble = reason;
    } catch (RuntimeException failure) {
      LOG.error("conf/ cannot be looked at", failure);
    }
  }

  private void tell(String name, FileStamp stamp) {
    boolean settled = false;
    try {
      settled = listener.changed(name);
    } catch (RuntimeException failure) {
      LOG.error("{} cannot be taken into force", ConfFolder.shown(name), failure);
      settled = true; // it would fail again
    }
    if (settled && stamp == null) {
      told.remove(name);
    } else if (settled) {
      told.put(name, stamp);
    }
  }
}
