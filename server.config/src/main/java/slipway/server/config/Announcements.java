package slipway.server.config;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when the listeners of Config Admin, and with them Declarative Services, have been told of
 * what was written. Config Admin tells them in a thread of its own, one event after the other, and
 * each to all. So a mark is made behind the write: a configuration without values that is deleted
 * at once. When its deletion is announced, all that was before has been announced to every
 * listener.
 *
 * <p>Methods may be called from any thread.
 */
final class Announcements {

  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
  private static final String MARK = "slipway-mark-";

  private final ConfigurationAdmin admin;
  private final Map<String, CompletableFuture<Void>> marks = new ConcurrentHashMap<>();
  private long owed;
  private long told;
  private long made;

  Announcements(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /** Something was written that has to be known. */
  synchronized void owe() {
    owed++;
  }

  /**
   * Completed when all that was owed until now has been announced; perhaps in Config Admin's
   * thread.
   */
  CompletionStage<Void> announced() {
    CompletableFuture<Void> heard = new CompletableFuture<>();
    String mark;
    long until;
    synchronized (this) {
      if (owed == told) {
        return CompletableFuture.completedStage(null);
      }
      until = owed;
      mark = MARK + ++made;
      marks.put(mark, heard);
    }
    try {
      admin.getConfiguration(mark, "?").delete();
    } catch (IOException | IllegalStateException failure) {
      LOG.warn("It is not known when Config Admin has told components what they are", failure);
      marks.remove(mark);
      return CompletableFuture.completedStage(null);
    }
    return heard.thenRun(() -> told(until)).minimalCompletionStage();
  }

  private synchronized void told(long until) {
    told = Math.max(told, until);
  }

  /**
   * Config Admin has told of a configuration that was deleted.
   *
   * @return whether it was a mark
   */
  boolean heard(String pid) {
    CompletableFuture<Void> mark = marks.remove(pid);
    if (mark != null) {
      mark.complete(null);
    }
    return mark != null;
  }
}
