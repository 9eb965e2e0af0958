package slipway.server.data;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;

/**
 * H2's own writer, a thread that stores what is not stored yet from time to time.
 *
 * <p>H2 tells it once that it is to end, and waits for it. A writer that is told between its look
 * whether it goes on and its sleep does not hear it, and sleeps on: for a third of {@code
 * WRITE_DELAY}. So it is told again until it has ended. It is not interrupted, as Java would close
 * the file in which it writes.
 */
final class H2Writer {

  private static final int AGAIN_MILLIS = 5;

  private H2Writer() {}

  /**
   * Stops the writer of a store; it has ended when this returns, and commits are not stored by
   * themselves.
   *
   * @throws ReflectiveOperationException if this H2 is not built as the known ones are
   */
  static void stop(MVStore store) throws ReflectiveOperationException {
    Thread writer = writer(store.getFileStore());
    store.setAutoCommitDelay(-1); // without waiting for it
    if (writer != null && writer != Thread.currentThread()) {
      awaitEnd(writer, bell(writer));
    }
  }

  /** Null if there is none. */
  private static Thread writer(FileStore<?> file) throws ReflectiveOperationException {
    if (file == null) {
      return null;
    }
    Field field = FileStore.class.getDeclaredField("backgroundWriterThread");
    field.setAccessible(true);
    return (Thread) ((AtomicReference<?>) field.get(file)).get();
  }

  /** What wakes it. */
  private static Object bell(Thread writer) throws ReflectiveOperationException {
    Field field = writer.getClass().getDeclaredField("sync");
    field.setAccessible(true);
    return field.get(writer);
  }

  private static void awaitEnd(Thread writer, Object bell) {
    boolean interrupted = false;
    while (writer.isAlive()) {
      synchronized (bell) {
        bell.notifyAll();
      }
      try {
        writer.join(AGAIN_MILLIS);
      } catch (InterruptedException ending) {
        interrupted = true; // what is being written is to be whole all the same
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
