package slipway.server.world;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import slipway.command.Column;
import slipway.server.world.Directory.Entry;
import slipway.server.world.Recent.Figures;
import slipway.server.world.WorldCounts.Totals;

/** What columns of worlds have in common. */
final class WorldColumns {

  private WorldColumns() {}

  static <T> Function<Entry, T> of(Function<HostWorld, T> value) {
    return entry -> value.apply(entry.world());
  }

  /** The number of the version that runs a world; empty if none does yet. */
  static String version(HostWorld world) {
    Tenure tenure = world.tenure();
    return tenure == null ? "" : tenure.version();
  }

  /** What was counted since the world was made. */
  static Column<Entry> total(String title, String key, Function<Totals, Long> value) {
    return new Column<>(title, key, of(world -> value.apply(world.counts().totals())));
  }

  /** How much there was in a second. */
  static Column<Entry> rate(String title, String key, ToDoubleFunction<Figures> value) {
    return new Column<>(
        title,
        key,
        entry -> Math.round(value.applyAsDouble(entry.recent().figures()) * 10) / 10.0,
        entry -> Math.round(value.applyAsDouble(entry.recent().figures())));
  }

  /** A time; what is not known without a frame is a hyphen, or null. */
  static Column<Entry> millis(String title, String key, ToDoubleFunction<Figures> nanos) {
    Function<Entry, Optional<Double>> known =
        entry ->
            Optional.of(entry.recent().figures())
                .filter(figures -> figures.frames() > 0)
                .map(nanos::applyAsDouble);
    return new Column<>(
        title,
        key,
        entry -> known.apply(entry).map(Millis::of).orElse(null),
        entry -> known.apply(entry).map(Millis::text).orElse("-"));
  }
}
