package slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.bench.measure.Environment;
import slipway.bench.measure.Repeats;
import slipway.bench.peer.Server;

/**
 * Rounds in which servers take turns at each place of a table. Each round starts all servers anew,
 * as one Java machine compiles the same code better or worse than the next.
 *
 * @param <C> a place in the table
 * @param <T> what one server came to there
 */
final class Rounds<C, T extends Turn> {

  static final int COUNT = Integer.getInteger("bench.rounds", 3);

  private static final int SPARE_FILES = 200;
  private static final int REPEATS = 20;

  private final String experiment;
  private final String message;
  private final Progress progress;
  private final Measure<C, T> measure;
  private final Repeats repeats = new Repeats(REPEATS);
  private final List<T> turns = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** Lets a server that has just been started come to its speed. */
  @FunctionalInterface
  interface WarmUp {
    void warmUp(Server server) throws IOException;
  }

  /** Measures a server in one place. */
  @FunctionalInterface
  interface Measure<C, T> {
    T turn(int round, String name, Server server, C cell) throws IOException;
  }

  /**
   * Begins with none.
   *
   * @param experiment its name
   * @param message what is echoed, as people are told
   */
  Rounds(String experiment, String message, Progress progress, Measure<C, T> measure) {
    this.experiment = experiment;
    this.message = message;
    this.progress = progress;
    this.measure = measure;
  }

  /** How many connections can be open at once. */
  static long mostConnections() throws IOException {
    return Environment.fileLimit() - SPARE_FILES;
  }

  /** A round of some servers in some places. */
  void round(int round, List<Server.Kind> kinds, WarmUp warmUp, List<C> cells) throws IOException {
    Map<String, Server> servers = new LinkedHashMap<>();
    try {
      for (Server.Kind kind : kinds) {
        progress.tell(
            experiment + ": round " + round + " of " + COUNT + ", warming up " + kind.name());
        Server server = kind.start().start();
        servers.put(kind.name(), server);
        warmUp.warmUp(server);
      }
      for (C cell : cells) {
        for (Map.Entry<String, Server> each : servers.entrySet()) {
          turn(round, each.getKey(), each.getValue(), cell);
        }
      }
    } finally {
      for (Server server : servers.values()) {
        server.close();
      }
    }
  }

  private void turn(int round, String name, Server server, C cell) {
    try {
      T turn = repeats.quieter(() -> measure.turn(round, name, server, cell), Turn::foreign);
      turns.add(turn);
      progress.tell(
          String.format(
              "%s: round %d of %d, %s, %s: %.2f µs a %s (%.0f %% foreign)",
              experiment,
              round,
              COUNT,
              cell,
              name,
              turn.cpuMicros(),
              message,
              100 * turn.foreign()));
    } catch (IOException | UncheckedIOException failed) {
      failures.add(name + ", " + cell + ": " + failed.getMessage());
      progress.done(experiment + ": " + failures.getLast());
    }
  }

  /** What they came to, in the order of time. */
  List<T> turns() {
    return List.copyOf(turns);
  }

  /** What failed, in a line each. */
  List<String> failures() {
    return List.copyOf(failures);
  }
}
