package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Home home;
  private Remote remote;

  @BeforeEach
  void makeHome() throws IOException {
    home = new Home(folder.toRealPath());
    Files.createDirectories(home.run());
    remote = remote(Optional.empty());
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }

  private Remote remote(Optional<Duration> notice) {
    return new Remote(home, print(out), print(err), notice);
  }

  @ParameterizedTest
  @CsvSource({
    "libctl install x.jar, libctl install waits until the version serves",
    "libctl rollback x, libctl rollback waits until the version serves",
    "libctl state x 2, libctl state waits for the service's connections",
    "wait --timeout 5s, wait waits until all connections have ended",
    "shutdown, shutdown waits until all connections have ended",
    "acserv ps, acserv ps waits for the host"
  })
  void aPersonIsToldOnStandardErrorWhatALongCommandWaitsFor(String command, String told)
      throws Exception {
    CountDownLatch noticed = new CountDownLatch(1);
    PrintStream watched =
        new PrintStream(err, false, StandardCharsets.UTF_8) {
          @Override
          public void flush() {
            super.flush();
            noticed.countDown();
          }
        };
    Remote patient = new Remote(home, print(out), watched, Optional.of(Duration.ofMillis(1)));
    try (FakeHost host =
        new FakeHost(
            home.adminSocket(),
            request -> {
              awaitUninterruptibly(noticed);
              return "Success";
            })) {
      assertThat(patient.execute(List.of(command.split(" ")), folder, Optional.empty())).isZero();

      assertThat(err.toString(StandardCharsets.UTF_8))
          .startsWith("slipway: " + told)
          .containsOnlyOnce("\n");
      assertThat(out.size()).isZero();
      assertThat(host.requests).hasSize(1);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCommandThatIsDoneSaysNothingOfWaiting() throws Exception {
    try (FakeHost host = new FakeHost(home.adminSocket(), request -> "text\nSuccess")) {
      remote(Optional.of(Duration.ofHours(1))).execute(List.of("wait"), folder, Optional.empty());

      assertThat(err.size()).isZero();
      assertThat(host.requests).hasSize(1);
    }
  }

  @Test
  void textGoesToStandardOutput() throws Exception {
    try (FakeHost host = new FakeHost(home.adminSocket(), request -> "grüße\nSuccess")) {
      assertThat(remote.execute(List.of("libctl", "state", "echo", "1"), folder, Optional.empty()))
          .isZero();

      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("grüße\n");
      assertThat(err.size()).isZero();
      assertThat(host.requests).containsExactly("libctl 'state' 'echo' '1'\u0005");
    }
  }

  @Test
  void anErrorGoesToStandardError() throws Exception {
    try (FakeHost host = new FakeHost(home.adminSocket(), request -> "half\nError: no")) {
      assertThat(remote.execute(List.of("x"), folder, Optional.empty())).isEqualTo(ExitCode.FAILED);

      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("half\n");
      assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Error: no\n");
      assertThat(host.requests).containsExactly("x\u0005");
    }
  }

  @Test
  void whereNoHostRunsTheExitCodeSaysSo() throws IOException {
    // a socket file whose host was killed
    new FakeHost(home.adminSocket(), request -> null).close();

    assertThatThrownBy(() -> remote.execute(List.of("libctl", "ps"), folder, Optional.empty()))
        .isInstanceOf(LaunchException.class)
        .hasMessage("no host runs in " + home.root())
        .extracting(e -> ((LaunchException) e).exitCode())
        .isEqualTo(ExitCode.UNAVAILABLE);
  }

  @Test
  void aCommandThatAsksAPersonGetsNoAnswerWhereThereIsNone() throws Exception {
    try (FakeHost host =
        new FakeHost(
            home.adminSocket(),
            request -> request.equals("\u0018") ? "Error: nobody" : "Secret: Password:")) {
      assertThat(remote.execute(List.of("x"), folder, Optional.empty())).isEqualTo(ExitCode.FAILED);

      assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Error: nobody\n");
      assertThat(out.size()).isZero();
      assertThat(host.requests).containsExactly("x\u0005", "\u0018");
    }
  }
}
