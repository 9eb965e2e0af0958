package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that get real signals; the admin socket in their folder is the test's. */
@Timeout(180)
class TerminationTest {

  private static final String HELP = "shutdown --help";
  private static final String SHUTDOWN = "shutdown --timeout 30s";

  @TempDir Path folder;

  private final CountDownLatch shuttingDown = new CountDownLatch(1);
  private final CountDownLatch connectionsEnd = new CountDownLatch(1);
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = HostProcess.makeHome(folder);
    Files.createDirectories(home.run());
    Files.writeString(home.hostProperties(), "slipway.shutdown.timeout = 30s\n");
  }

  private HostProcess startHost() throws Exception {
    HostProcess host = HostProcess.start(home, "run");
    host.awaitLock(home);
    host.awaitFramework(home);
    return host;
  }

  private FakeHost admin(FakeHost.Script script) throws IOException {
    return new FakeHost(home.adminSocket(), script);
  }

  /** What a host answers that waits for its connections. */
  private String shutDown(String request) {
    if (request.equals(HELP)) {
      return "Usage\nSuccess";
    }
    shuttingDown.countDown();
    try {
      connectionsEnd.await();
    } catch (InterruptedException over) {
      return null;
    }
    return "exiting: connections ended by themselves: 1, closed: 0\nSuccess";
  }

  @Test
  void aSignalWaitsForConnectionsToEnd() throws Exception {
    try (FakeHost admin = admin(this::shutDown);
        HostProcess host = startHost()) {
      host.terminate();
      shuttingDown.await();
      assertThat(admin.requests).containsExactly(HELP, SHUTDOWN);
      assertThat(host.line())
          .isEqualTo("slipway: SIGTERM: " + SHUTDOWN + "; a second signal ends the host now");
      assertThat(host.isAlive()).isTrue();

      connectionsEnd.countDown();

      assertThat(host.exitCode()).isEqualTo(143);
      assertThat(host.output())
          .containsExactly("exiting: connections ended by themselves: 1, closed: 0");
      assertThat(home.pidFile()).doesNotExist();
    }
  }

  @Test
  void aSecondSignalEndsTheHostNow() throws Exception {
    try (FakeHost admin = admin(this::shutDown);
        HostProcess host = startHost()) {
      host.terminate();
      shuttingDown.await();

      host.terminate();

      assertThat(host.exitCode()).isEqualTo(143);
      assertThat(host.output()).endsWith("slipway: a second signal, SIGTERM: the host ends now");
      assertThat(admin.requests).containsExactly(HELP, SHUTDOWN);
      // as after a kill: the next start throws away what may be damaged
      assertThat(home.pidFile()).exists();
      assertThat(HostLock.isHeld(home)).isFalse();
    }
  }

  @Test
  void aSecondSignalEndsAlsoAHostWhoseOutputNobodyReads() throws Exception {
    try (FakeHost admin = admin(request -> request.equals(HELP) ? "Success" : flood(shuttingDown));
        HostProcess host = startHost()) {
      host.terminate();
      shuttingDown.await();
      host.awaitFullOutput();

      host.terminate();

      assertThat(host.exitCode()).isEqualTo(143);
      assertThat(admin.requests).hasSize(2);
    }
  }

  /** More than a pipe holds. */
  private static String flood(CountDownLatch begun) {
    begun.countDown();
    return "1 connection is still open\n".repeat(100_000);
  }

  @Test
  void aHostThatDoesNotAnswerIsStopped() throws Exception {
    try (FakeHost admin = admin(request -> null);
        HostProcess host = startHost()) {
      host.terminate();

      assertThat(host.exitCode()).isEqualTo(143);
      assertThat(host.output()).isEmpty();
      assertThat(admin.requests).containsExactly(HELP);
      assertThat(home.pidFile()).doesNotExist();
    }
  }

  @Test
  void aHostThatDoesNotKnowTheCommandIsStopped() throws Exception {
    try (FakeHost admin = admin(request -> "Error: unknown command: shutdown");
        HostProcess host = startHost()) {
      host.terminate();

      assertThat(host.exitCode()).isEqualTo(143);
      assertThat(admin.requests).containsExactly(HELP);
      assertThat(home.pidFile()).doesNotExist();
    }
  }

  @Test
  void aHostThatLetsItsDeadlinePassIsStopped() throws Exception {
    Files.writeString(home.hostProperties(), "slipway.shutdown.timeout = 0\n");
    try (FakeHost admin = admin(this::shutDown);
        HostProcess host = startHost()) {
      host.terminate();

      assertThat(host.exitCode()).isEqualTo(143);
      assertThat(admin.requests).containsExactly(HELP, "shutdown --timeout 0");
      assertThat(home.pidFile()).doesNotExist();
    }
  }
}
