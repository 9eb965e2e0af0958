package slipway.server.world;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;
import slipway.server.world.Directory.Entry;

/**
 * The worlds, as {@code worlds ps} shows them. Services make worlds as they like: if there are too
 * many of them, those of a service are told together.
 */
@Component
public final class WorldMeter implements Meter {

  private static final int MOST_NAMES = 500;

  private static final Metric WORLDS =
      Metric.gauge("slipway_worlds", "Worlds, by their state.", "service", "state");
  private static final Metric SESSIONS =
      Metric.gauge("slipway_world_sessions", "Sessions that are in a world.", "service", "world");
  private static final Metric INBOX =
      Metric.gauge("slipway_world_inbox_bytes", "Bytes that wait for a world.", "service", "world");
  private static final Metric FRAMES =
      Metric.counter("slipway_world_frames_total", "Frames that were run.", "service", "world");
  private static final Metric SKIPPED =
      Metric.counter(
          "slipway_world_frames_skipped_total",
          "Frames that were left out, as the world was late.",
          "service",
          "world");
  private static final Metric OVERRUNS =
      Metric.counter(
          "slipway_world_overruns_total",
          "Frames that took longer than the time to the next one.",
          "service",
          "world");
  private static final Metric RECEIVED =
      Metric.counter(
          "slipway_world_packets_received_total",
          "Packets that a world has dealt with.",
          "service",
          "world");
  private static final Metric SENT =
      Metric.counter(
          "slipway_world_packets_sent_total",
          "Packets that were sent, once for each session.",
          "service",
          "world");
  private static final Metric BUSY =
      Metric.gauge(
          "slipway_world_loop_busy_ratio",
          "Part of the last ten seconds that a loop has spent on worlds.",
          "loop");

  private record Key(String service, String name) {}

  private record Sum(
      long sessions, long inbox, long frames, long skipped, long overruns, long in, long out) {
    Sum plus(Sum other) {
      return new Sum(
          sessions + other.sessions,
          inbox + other.inbox,
          frames + other.frames,
          skipped + other.skipped,
          overruns + other.overruns,
          in + other.in,
          out + other.out);
    }
  }

  private final HostWorlds worlds;

  /** For Declarative Services. */
  @Activate
  public WorldMeter(@Reference HostWorlds worlds) {
    this.worlds = worlds;
  }

  @Override
  public void read(Readings readings) {
    Directory directory = worlds.directory();
    List<Entry> all = List.copyOf(directory.entries());
    Map<String, Map<WorldState, Integer>> states = new TreeMap<>();
    Map<Key, Sum> sums = new HashMap<>();
    for (Entry entry : all) {
      states
          .computeIfAbsent(entry.service(), service -> new TreeMap<>())
          .merge(entry.world().status().state(), 1, Integer::sum);
      String name = all.size() > MOST_NAMES ? "" : entry.world().name();
      sums.merge(new Key(entry.service(), name), sum(entry.world()), Sum::plus);
    }
    states.forEach(
        (service, counts) ->
            counts.forEach(
                (state, count) ->
                    readings.value(WORLDS, count, service, state.name().toLowerCase(Locale.ROOT))));
    sums.forEach((key, sum) -> tell(readings, sum, key.service(), key.name()));
    List<FrameLoop> loops = directory.loops().all();
    for (int place = 0; place < loops.size(); place++) {
      String loop = Integer.toString(place + 1);
      loops.get(place).use().busy().ifPresent(share -> readings.value(BUSY, share, loop));
    }
  }

  private static Sum sum(HostWorld world) {
    WorldCounts.Totals totals = world.counts().totals();
    return new Sum(
        world.places().taken(),
        world.counts().census().inboxes(),
        totals.frames(),
        totals.skipped(),
        totals.overruns(),
        totals.received(),
        totals.sent());
  }

  private static void tell(Readings readings, Sum sum, String... labels) {
    readings.value(SESSIONS, sum.sessions(), labels);
    readings.value(INBOX, sum.inbox(), labels);
    readings.value(FRAMES, sum.frames(), labels);
    readings.value(SKIPPED, sum.skipped(), labels);
    readings.value(OVERRUNS, sum.overruns(), labels);
    readings.value(RECEIVED, sum.in(), labels);
    readings.value(SENT, sum.out(), labels);
  }
}
