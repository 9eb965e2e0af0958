package slipway.server.world;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import slipway.command.Column;
import slipway.command.Table;
import slipway.server.world.Directory.Entry;

/**
 * A loop, for people and programs.
 *
 * @param number from 1 on
 * @param worlds how many it runs
 * @param fps how many frames a second they want, together
 * @param use how busy it is
 * @param late how late their frames were begun in the last ten seconds
 */
record LoopRow(int number, int worlds, int fps, LoopUse use, Histogram late) {

  private static final int DIGITS = 2;
  private static final double HUNDRED = 100;

  static final Table<LoopRow> TABLE =
      Table.of(
          new Column<>("Loop", "loop", LoopRow::number),
          new Column<>("Worlds", "worlds", LoopRow::worlds),
          new Column<>("FPS", "fps", LoopRow::fps),
          share("Busy", "busy", LoopUse::busy),
          share("CPU", "cpu", LoopUse::cpu),
          new Column<>(
              "Late p99",
              "lateP99Millis",
              row -> row.isMeasured() ? Millis.of(row.lateP99()) : null,
              row -> row.isMeasured() ? Millis.text(row.lateP99()) : "-"));

  /** A part of a whole: a number up to 1, for people in percent. */
  private static Column<LoopRow> share(
      String title, String key, Function<LoopUse, OptionalDouble> value) {
    Function<LoopRow, OptionalDouble> known = row -> value.apply(row.use());
    return new Column<>(
        title,
        key,
        row -> known.apply(row).isPresent() ? known.apply(row).getAsDouble() : null,
        row -> known.apply(row).isPresent() ? percent(known.apply(row).getAsDouble()) : "-");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * HUNDRED);
  }

  private boolean isMeasured() {
    return late.getTotalCount() > 0;
  }

  private long lateP99() {
    return late.getValueAtPercentile(99);
  }

  /** All loops, in the order of their numbers. */
  static List<LoopRow> all(Directory directory) {
    List<FrameLoop> loops = directory.loops().all();
    return IntStream.range(0, loops.size())
        .mapToObj(place -> of(place + 1, loops.get(place), directory))
        .toList();
  }

  private static LoopRow of(int number, FrameLoop loop, Directory directory) {
    List<Entry> worlds =
        directory.entries().stream().filter(entry -> entry.world().seat().loop() == loop).toList();
    Histogram late = new Histogram(DIGITS);
    worlds.forEach(entry -> late.add(entry.recent().late()));
    int fps = worlds.stream().mapToInt(entry -> entry.world().spec().fps()).sum();
    return new LoopRow(number, worlds.size(), fps, loop.use(), late);
  }
}
