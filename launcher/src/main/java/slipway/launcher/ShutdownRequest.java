package slipway.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a host in this very process is asked for by a signal: {@code shutdown} with a deadline. It
 * goes through the admin socket, as an operator's would, because nothing of this process is seen
 * inside the framework.
 */
final class ShutdownRequest {

  /** How long the host may take to say that it knows the command: a host that hangs never does. */
  static final Duration ANSWER = Duration.ofSeconds(5);

  /** How much later than its deadline the host may say that it exits. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final Home home;
  private final String timeout;
  private final Consumer<String> out;
  private final CountDownLatch understood = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * Makes a request that can be sent once.
   *
   * @param timeout the deadline, as the command takes it
   * @param out takes what the command prints
   */
  ShutdownRequest(Home home, String timeout, Consumer<String> out) {
    this.home = home;
    this.timeout = timeout;
    this.out = out;
  }

  /**
   * Sends the request and waits until the host says that it exits; no longer if it does not answer,
   * does not know the command, or lets its deadline pass.
   *
   * @param limit the deadline
   * @param announcement what is printed first if the host understands
   */
  void send(Duration limit, String announcement) {
    // the connection may block at each step, so another thread waits
    Thread asking = new Thread(() -> ask(announcement), "slipway-shutdown");
    asking.setDaemon(true);
    asking.start();
    try {
      if (understood.await(ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
        over.await(limit.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(String announcement) {
    try (AdminClient client = AdminClient.connect(home.adminSocket())) {
      Reply known = client.execute("shutdown --help", help -> {});
      if (!known.succeeded()) {
        return;
      }
      understood.countDown();
      out.accept(announcement);
      Reply reply = client.execute("shutdown --timeout " + timeout, out);
      if (!reply.succeeded()) {
        out.accept("slipway: the host does not shut down: " + reply.error() + "\n");
      }
    } catch (IOException gone) {
      // there is no host yet, or no host any more: nothing to wait for
    } finally {
      understood.countDown();
      over.countDown();
    }
  }
}
