package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    remote = remote(false);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }

  private Remote remote(boolean person) {
    return new Remote(home, print(out), print(err), person);
  }

  @Test
  void aPersonIsToldOnStandardErrorWhatACommandWaitsFor() throws Exception {
    remote = remote(true);
    try (FakeHost host =
        new FakeHost(
            home.adminSocket(), request -> "Waits: x waits for a\0text\nWaits: b\0Success")) {
      assertThat(remote.execute(List.of("x"), folder, Optional.empty())).isZero();

      assertThat(err.toString(StandardCharsets.UTF_8))
          .isEqualTo("slipway: x waits for a\nslipway: b\n");
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("text\n");
      assertThat(host.requests).containsExactly("x\u0006");
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
  void theHostIsToldWhereTheCallerIsAndGetsTheWordsAsTheyAre() throws Exception {
    try (FakeHost host = new FakeHost(home.adminSocket(), request -> "Success")) {
      List<String> words = List.of("libctl", "install", "--force", "../echo.jar");
      assertThat(remote.execute(words, folder, Optional.empty())).isZero();

      assertThat(host.folders).containsExactly(folder.toString());
      assertThat(host.requests).containsExactly("libctl 'install' '--force' '../echo.jar'\u0005");
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
