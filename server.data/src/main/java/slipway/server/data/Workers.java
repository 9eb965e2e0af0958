package slipway.server.data;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that wait for the database. */
final class Workers {

  private static final int KEEP_SECONDS = 30;

  private Workers() {}

  /**
   * Threads that go when there is nothing to do, and a queue whose limit is the caller's affair.
   *
   * @param name the beginning of their names, which a number ends
   */
  static ThreadPoolExecutor of(int count, String name) {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            count,
            count,
            KEEP_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            factory(name));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  /**
   * A thread is made by the caller that brings work, and would keep that bundle's class loader as
   * its own.
   */
  private static ThreadFactory factory(String name) {
    ThreadFactory threads = Thread.ofPlatform().daemon().name(name, 1).factory();
    return task -> {
      Thread thread = threads.newThread(task);
      thread.setContextClassLoader(Workers.class.getClassLoader());
      return thread;
    };
  }
}
