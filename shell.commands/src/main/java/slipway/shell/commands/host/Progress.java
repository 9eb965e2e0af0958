package slipway.shell.commands.host;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import slipway.admin.ConnectionAdmin;
import slipway.admin.ConnectionStatus;
import slipway.service.Audience;

/**
 * Says every few seconds how many connections a command still waits for.
 *
 * <p>It also lets the host notice that a client is gone: until the host writes, a client that has
 * closed its socket looks like one that has nothing more to send.
 */
final class Progress {

  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private final ConnectionAdmin connections;
  private final Predicate<ConnectionStatus> counts;
  private final PrintStream out;
  private final Duration interval;

  /**
   * Makes a reporter, not yet started, of all connections except operators' own.
   *
   * @param connections what to count; null while it is absent, then nothing is said
   * @param out where to say it
   */
  Progress(ConnectionAdmin connections, PrintStream out) {
    this(connections, Progress::isUsers, out);
  }

  /**
   * Makes a reporter that is not yet started.
   *
   * @param connections what to count; null while it is absent, then nothing is said
   * @param counts which of them count
   * @param out where to say it
   */
  Progress(ConnectionAdmin connections, Predicate<ConnectionStatus> counts, PrintStream out) {
    this(connections, counts, out, INTERVAL);
  }

  Progress(
      ConnectionAdmin connections,
      Predicate<ConnectionStatus> counts,
      PrintStream out,
      Duration interval) {
    this.connections = connections;
    this.counts = counts;
    this.out = out;
    this.interval = interval;
  }

  /** Reports while some work is done in the caller's thread, first after an interval. */
  <T> T during(Callable<T> work) throws Exception {
    Reports reports = new Reports();
    try {
      return work.call();
    } finally {
      reports.end();
    }
  }

  static boolean isUsers(ConnectionStatus connection) {
    return connection.audience() == Audience.USERS;
  }

  static String stillOpen(long count) {
    return count == 1 ? "1 connection is still open" : count + " connections are still open";
  }

  private void report() {
    if (connections != null) {
      long open = connections.connections().stream().filter(counts).count();
      out.print(stillOpen(open) + "\n");
    }
  }

  /** Reports until it is ended; no report comes after that. */
  private final class Reports {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock reporting = new ReentrantLock();

    private Reports() {
      Thread.ofPlatform().daemon().name("progress").start(this::run);
    }

    private void run() {
      try {
        while (!ended.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
          reportUnlessEnded();
        }
      } catch (InterruptedException nobodyInterruptsThisThread) {
        Thread.currentThread().interrupt();
      }
    }

    private void reportUnlessEnded() {
      reporting.lock();
      try {
        if (ended.getCount() > 0) {
          report();
        }
      } finally {
        reporting.unlock();
      }
    }

    void end() {
      reporting.lock(); // a report that is under way comes before what the command says next
      try {
        ended.countDown();
      } finally {
        reporting.unlock();
      }
    }
  }
}
