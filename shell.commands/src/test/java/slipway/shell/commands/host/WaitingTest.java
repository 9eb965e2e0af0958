package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.command.Caller;
import slipway.command.CommandException;

class WaitingTest {

  private final Shell shell = new Shell();

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void wait_says_that_all_have_ended() throws Exception {
    assertThat(shell.run("wait")).isEqualTo("all connections have ended\n");
  }

  @Test
  void wait_fails_with_how_many_are_open_when_the_time_runs_out() {
    shell.host.waiting = timeout -> 2;
    assertThatThrownBy(() -> shell.run("wait --timeout 90s"))
        .isInstanceOf(CommandException.class)
        .hasMessage("2 connections are still open after 90s; accepting again");
  }

  @Test
  void shutdown_says_how_the_connections_ended() throws Exception {
    shell.host.waiting = timeout -> 1;
    assertThat(shell.run("shutdown --timeout 1s"))
        .isEqualTo("exiting: connections ended by themselves: 3, closed: 1\n");
  }

  @Test
  void exit_says_so_before_it_exits() throws Exception {
    assertThat(shell.run("exit")).isEqualTo("exiting\n");
    assertThat(shell.host.calls).containsExactly("exit");
  }

  @Test
  void a_long_wait_reports_and_admin_connections_do_not_count() throws Exception {
    Lines lines = new Lines(3);
    Progress progress =
        new Progress(
            shell.host, Progress::isUsers, new PrintStream(lines, true), Duration.ofMillis(1));
    String result =
        progress.during(
            () -> {
              assertThat(lines.written.await(60, TimeUnit.SECONDS)).isTrue();
              return "done";
            });
    assertThat(result).isEqualTo("done");
    assertThat(lines.text).startsWith("1 connection is still open\n".repeat(3));
  }

  @ParameterizedTest
  @CsvSource({
    "libctl install /srv/echo.jar, libctl install waits for echo 1.1.0 to start",
    "libctl rollback echo, libctl rollback waits for echo 1.0.0 to start",
    "libctl plan /srv/echo.jar, libctl plan waits for the jar to be read",
    "libctl state ./Services/echo.dll FIXED, libctl state waits for echo to start",
    "libctl state echo 1, libctl state waits for echo to stop",
    "wait, wait waits for all connections to end; bin/slipway statistics shows them",
    "shutdown, shutdown waits for all connections to end; bin/slipway statistics shows them",
    "logs show --follow, ''"
  })
  void a_command_says_what_it_waits_for(String command, String told) throws Exception {
    Person person = new Person();
    shell.session.put(Caller.VARIABLE, person);
    shell.run(command);
    assertThat(person.waits).containsExactly(told);
  }

  @Test
  void a_caller_that_leaves_interrupts_the_wait() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    shell.host.waiting = timeout -> blockUntilInterrupted(timeout, waiting, interrupted);
    Thread caller =
        Thread.ofPlatform()
            .start(
                () ->
                    assertThatThrownBy(() -> shell.run("wait"))
                        .isInstanceOf(InterruptedException.class));
    assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
    shell.session.close();
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    caller.join();
  }

  private static int blockUntilInterrupted(
      Optional<Duration> timeout, CountDownLatch waiting, CountDownLatch interrupted)
      throws InterruptedException {
    waiting.countDown();
    try {
      new CountDownLatch(1).await();
      return 0;
    } catch (InterruptedException left) {
      interrupted.countDown();
      throw left;
    }
  }

  /** Collects text and counts lines. */
  private static final class Lines extends OutputStream {
    final CountDownLatch written;
    volatile String text = "";

    Lines(int expected) {
      written = new CountDownLatch(expected);
    }

    @Override
    public void write(int value) {
      text += (char) value;
      if (value == '\n') {
        written.countDown();
      }
    }
  }
}
