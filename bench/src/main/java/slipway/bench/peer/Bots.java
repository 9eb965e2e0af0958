package slipway.bench.peer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Players of the host's own bots, which check all that they are told: a process of its own. */
public final class Bots implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Longer than any run of the bench. */
  private static final String FOR_LONG = "7200";

  private final Process process;
  private final Path report;
  private final Path errors;

  /**
   * What they have seen.
   *
   * @param mustBeZero how often each thing happened that must not
   * @param figures what they have measured; times are in microseconds
   */
  public record Report(Map<String, Long> mustBeZero, Map<String, Long> figures) {

    static Report parse(String json) {
      JsonObject all = JsonParser.parseString(json).getAsJsonObject();
      return new Report(
          numbers(all.getAsJsonObject("mustBeZero")), numbers(all.getAsJsonObject("figures")));
    }

    private static Map<String, Long> numbers(JsonObject object) {
      Map<String, Long> numbers = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> each : object.entrySet()) {
        numbers.put(each.getKey(), each.getValue().getAsLong());
      }
      return numbers;
    }

    /** Connections that ended, or could not begin. */
    public long dropped() {
      return mustBeZero.get("unexpectedCloses") + mustBeZero.get("failedConnects");
    }

    /** Everything else that must not happen, except that the bots themselves were late. */
    public long wrong() {
      return mustBeZero.values().stream().mapToLong(Long::longValue).sum()
          - dropped()
          - mustBeZero.get("botsLate");
    }

    /** What happened that must not, and how often, for people; empty if nothing did. */
    public String faults() {
      return mustBeZero.entrySet().stream()
          .filter(each -> each.getValue() > 0)
          .map(each -> each.getKey() + " " + each.getValue())
          .collect(Collectors.joining(", "));
    }

    /** A number that was measured. */
    public long figure(String key) {
      return figures.get(key);
    }
  }

  private Bots(Process process, Path report, Path errors) {
    this.process = process;
    this.report = report;
    this.errors = errors;
  }

  /**
   * Lets players come, one after the other.
   *
   * @param home of a host
   * @param port where they find the service {@code world}, in LAN packets
   */
  public static Bots world(Path home, int port, int players) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/slipway").toString());
    command.addAll(List.of("bots", "world", "127.0.0.1:" + port, "--json"));
    command.addAll(List.of("--players", Integer.toString(players), "--seconds", FOR_LONG));
    command.addAll(List.of("--seed", "1", "--packet-max", "65535", "--skips", "1000000"));
    command.addAll(List.of("--enter-within", "5m"));
    Path report = home.resolve("bots.out");
    Path errors = home.resolve("bots.err");
    return new Bots(
        Children.start(
            new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(report.toFile())
                .redirectError(errors.toFile())),
        report,
        errors);
  }

  /** Their process. */
  public long pid() {
    return process.pid();
  }

  /**
   * Sees that they are at work.
   *
   * @throws IOException with what they say, if they have ended
   */
  public void check() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("the bots have ended: " + said());
    }
  }

  private String said() throws IOException {
    return (Files.readString(report) + Files.readString(errors)).strip();
  }

  /** Has them end what is under way, and tell what they have seen. */
  public Report finish() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("the bots do not end");
      }
      return Report.parse(Files.readString(report, StandardCharsets.UTF_8));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (JsonSyntaxException | IllegalStateException none) {
      throw new IOException("the bots have no report: " + said(), none);
    }
  }

  @Override
  public void close() {
    Children.kill(process);
  }
}
