package slipway.server.profile.top;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slipway.command.Call;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.server.profile.jfr.Owner;

/** What the verb {@code top} of {@code profile} does. */
public final class TopVerb {

  /** The longest time that can be asked for. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** After how long a person is shown the first table. */
  private static final Duration FIRST = Duration.ofMillis(500);

  /** After how long another one. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Within this the stream has told something, however busy the machine is. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final double SECOND = 1e9;
  private static final double MEGABYTE = 1e6;
  private static final double PERCENT = 100;

  /**
   * A line.
   *
   * @param elapsed nanoseconds for which it was used
   */
  private record Line(Owner owner, Usage usage, long elapsed) {

    double cpuPercent() {
      return PERCENT * usage.cpu() / elapsed;
    }

    double allocated() {
      return usage.allocated() * SECOND / elapsed;
    }

    double handlersPercent() {
      return PERCENT * usage.handling() / elapsed;
    }
  }

  private static final Table<Line> TABLE =
      Table.of(
          new Column<>("Service", "service", line -> line.owner().service()),
          new Column<>("Version", "version", line -> orNull(line.owner().version())),
          new Column<>(
              "CPU", "cpuPercent", Line::cpuPercent, line -> shown(line.cpuPercent(), "%")),
          new Column<>(
              "Allocated",
              "allocatedBytesPerSecond",
              line -> Math.round(line.allocated()),
              line -> shown(line.allocated() / MEGABYTE, "MB/s")),
          new Column<>(
              "In handlers",
              "handlersPercent",
              Line::handlersPercent,
              line -> shown(line.handlersPercent(), "%")),
          new Column<>("Samples", "samples", line -> line.usage().samples()));

  private final Profiler profiler;
  private final Call call;

  /** Makes it, for one call. */
  public TopVerb(Profiler profiler, Call call) {
    this.profiler = profiler;
    this.call = call;
  }

  private static String shown(double value, String unit) {
    return String.format(Locale.ROOT, "%.1f %s", value, unit);
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /**
   * Samples, and shows what was used.
   *
   * @param time for how long
   * @param json whether only one array is written, at the end
   * @throws InterruptedException if the caller leaves
   */
  public void run(Duration time, boolean json) throws CommandException, InterruptedException {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw refused("--for: allowed is 1s to " + LONGEST.toHours() + "h");
    }
    call.waits("");
    try (Sampling sampling = profiler.begin()) {
      Measurement whole = json ? awaited(sampling, time) : shown(sampling, time);
      call.show(TABLE, lines(whole), Form.json(json));
    } catch (IllegalStateException failed) {
      throw new CommandException("profile top: " + failed.getMessage(), failed);
    }
  }

  private Measurement awaited(Sampling sampling, Duration time)
      throws CommandException, InterruptedException {
    Measurement now = Measurement.NONE;
    while (now.elapsed() < time.toNanos()) {
      now = next(sampling, now);
    }
    return now;
  }

  private Measurement shown(Sampling sampling, Duration time)
      throws CommandException, InterruptedException {
    call.out().print("by " + sampling.kind() + "\n\n");
    Measurement now = Measurement.NONE;
    Measurement before = now;
    while (now.elapsed() < time.toNanos() && !call.out().checkError()) {
      now = next(sampling, now);
      Measurement part = now.since(before);
      Duration pause = before == Measurement.NONE ? FIRST : PAUSE;
      boolean isDue = part.elapsed() >= pause.toNanos();
      if (isDue && now.elapsed() < time.toNanos()) {
        head("the last", part);
        call.show(TABLE, lines(part));
        call.out().print("\n");
        before = now;
      }
    }
    head("all", now);
    return now;
  }

  private void head(String which, Measurement part) {
    call.out().printf(Locale.ROOT, "%s %.1f s:%n", which, part.elapsed() / SECOND);
  }

  private static Measurement next(Sampling sampling, Measurement before)
      throws CommandException, InterruptedException {
    Measurement next = sampling.after(before, PATIENCE);
    if (next == before) {
      throw refused("the recorder of the JVM has ended, or tells nothing; try again");
    }
    return next;
  }

  /** Those first that keep threads most; those that have used nothing are left out. */
  private static List<Line> lines(Measurement part) {
    return part.usages().entrySet().stream()
        .filter(entry -> !entry.getValue().isNothing())
        .sorted(
            Map.Entry.<Owner, Usage>comparingByValue(
                    Comparator.comparingLong(Usage::threads).thenComparingLong(Usage::allocated))
                .reversed()
                .thenComparing(entry -> entry.getKey().service())
                .thenComparing(entry -> entry.getKey().version()))
        .map(entry -> new Line(entry.getKey(), entry.getValue(), part.elapsed()))
        .toList();
  }

  private static CommandException refused(String why) {
    return new CommandException("profile top: " + why);
  }
}
