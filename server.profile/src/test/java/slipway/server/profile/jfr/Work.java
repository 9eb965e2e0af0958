package slipway.server.profile.jfr;

import java.util.concurrent.CountDownLatch;

/** What a version of a service does, in a thread of its own; loaded once for each version. */
public final class Work implements Runnable {

  private static final int TURNS = 10_000;
  private static final int PIECE = 100_000;

  private final boolean allocates;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this);
  private volatile boolean ended;
  private volatile long sink;

  /** Where compiled code cannot do without what is allocated. */
  private volatile byte[] piece;

  /** Makes it. By reflection: tests see no class of a version. */
  public Work(Boolean allocates) {
    this.allocates = allocates;
  }

  /** Begins, and returns the thread, which has begun. */
  public Thread begin() throws InterruptedException {
    thread.start();
    begun.await();
    return thread;
  }

  @Override
  public void run() {
    begun.countDown();
    while (!ended) {
      if (allocates) {
        piece = new byte[PIECE];
      } else {
        sink = burn(sink);
      }
    }
  }

  private static long burn(long seed) {
    long x = seed;
    for (int turn = 0; turn < TURNS; turn++) {
      x = x * 6364136223846793005L + 1442695040888963407L;
    }
    return x;
  }

  /** Ends, also the thread. */
  public void end() throws InterruptedException {
    ended = true;
    thread.join();
  }
}
