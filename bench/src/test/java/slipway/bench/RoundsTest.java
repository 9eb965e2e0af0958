package slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.bench.peer.Server;

class RoundsTest {

  private final List<String> told = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), false);

  private record Run(int round, String server, String cell, double cpuMicros, double foreign)
      implements Turn {}

  private record Fake(String name, List<String> told) implements Server {
    @Override
    public long pid() {
      return 1;
    }

    @Override
    public int port() {
      return 2;
    }

    @Override
    public void close() {
      told.add("end " + name);
    }
  }

  private Server.Kind kind(String name) {
    return new Server.Kind(
        name,
        () -> {
          told.add("start " + name);
          return new Fake(name, told);
        });
  }

  private Rounds<String, Run> rounds(Rounds.Measure<String, Run> measure) {
    return new Rounds<>("echo", "message", progress, measure);
  }

  @Test
  void serversTakeTurnsAtEachPlaceAndEnd() throws IOException {
    Rounds<String, Run> rounds =
        rounds(
            (round, name, server, cell) -> {
              told.add(name + " " + cell);
              return new Run(round, name, cell, 1.5, 0);
            });
    rounds.round(1, List.of(kind("a"), kind("b")), server -> told.add("warm"), List.of("x", "y"));
    assertThat(told)
        .containsExactly(
            "start a", "warm", "start b", "warm", "a x", "b x", "a y", "b y", "end a", "end b");
    assertThat(rounds.turns()).extracting(Run::server).containsExactly("a", "b", "a", "b");
    assertThat(rounds.failures()).isEmpty();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(", y, b: ")
        .contains(" µs a message (0 % foreign)");
  }

  @Test
  void aTurnThatFailsIsToldAndTheOthersCount() throws IOException {
    Rounds<String, Run> rounds =
        rounds(
            (round, name, server, cell) -> {
              if (name.equals("b")) {
                throw new UncheckedIOException(new IOException("it is closed"));
              }
              return new Run(round, name, cell, 1, 0);
            });
    rounds.round(1, List.of(kind("a"), kind("b")), server -> {}, List.of("x"));
    assertThat(rounds.turns()).extracting(Run::server).containsExactly("a");
    assertThat(rounds.failures()).containsExactly("b, x: java.io.IOException: it is closed");
    assertThat(told).endsWith("end a", "end b");
  }

  @Test
  void aServerThatDoesNotStartEndsTheOthers() {
    Rounds<String, Run> rounds = rounds((round, name, server, cell) -> null);
    Server.Kind lame =
        new Server.Kind(
            "lame",
            () -> {
              throw new IOException("it did not start");
            });
    assertThatThrownBy(() -> rounds.round(1, List.of(kind("a"), lame), server -> {}, List.of("x")))
        .isInstanceOf(IOException.class);
    assertThat(told).containsExactly("start a", "end a");
  }

  @Test
  void ofTwoServersTheTurnsOfOneRoundAreCompared() {
    List<Run> own = List.of(run(1, 3), run(2, 8), run(3, 5));
    List<Run> base = List.of(run(2, 4), run(1, 2), run(4, 1));
    assertThat(Turn.ratio(own, base))
        .hasValueSatisfying(
            ratio -> {
              assertThat(ratio.min()).isCloseTo(1.5, within(1e-9));
              assertThat(ratio.max()).isCloseTo(2, within(1e-9));
            });
    assertThat(Turn.ratio(own, List.of(run(7, 1)))).isEmpty();
  }

  private static Run run(int round, double cpuMicros) {
    return new Run(round, "a", "x", cpuMicros, 0);
  }
}
