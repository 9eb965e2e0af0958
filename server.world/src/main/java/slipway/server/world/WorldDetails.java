package slipway.server.world;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import slipway.command.Column;
import slipway.command.Table;
import slipway.command.Text;
import slipway.config.Durations;
import slipway.server.world.Directory.Entry;
import slipway.server.world.Recent.Figures;
import slipway.server.world.WorldCounts.Totals;
import slipway.world.SessionMode;

/** All that is known of one world. */
final class WorldDetails {

  private final Table<Entry> table;

  WorldDetails(Directory directory) {
    table =
        Table.of(
            new Column<>("World", "world", WorldColumns.of(HostWorld::name)),
            new Column<>("Service", "service", Entry::service),
            new Column<>("Version", "version", WorldColumns.of(WorldColumns::version)),
            new Column<>("State", "state", WorldColumns.of(world -> world.status().state())),
            new Column<>("Reason", "reason", WorldColumns.of(world -> world.status().reason())),
            new Column<>("Kind", "kind", WorldColumns.of(HostWorld::kind)),
            new Column<>(
                "Loop",
                "loop",
                WorldColumns.of(world -> directory.loops().number(world.seat().loop()))),
            // ---- how it is to run
            new Column<>("fps", "fps", WorldColumns.of(world -> world.spec().fps())),
            new Column<>(
                "packets.per.frame",
                "packetsPerFrame",
                WorldColumns.of(world -> world.spec().packetsPerFrame())),
            new Column<>(
                "overrun",
                "overrunPolicy",
                WorldColumns.of(world -> world.spec().overrun().toString())),
            new Column<>(
                "heartbeat.timeout",
                "heartbeatTimeout",
                WorldColumns.of(world -> Durations.format(world.spec().heartbeat()))),
            new Column<>(
                "max.sessions",
                "maxSessions",
                WorldColumns.of(world -> world.spec().maxSessions())),
            new Column<>(
                "Configured",
                "configured",
                WorldColumns.of(world -> directory.rule(world.name()).keys()),
                WorldColumns.of(world -> configured(directory.rule(world.name())))),
            // ---- how its frames keep time
            WorldColumns.rate("Reached", "reached", Figures::fps),
            WorldColumns.millis("Late p50", "lateP50Millis", Figures::lateP50),
            WorldColumns.millis("Late p99", "lateP99Millis", Figures::lateP99),
            WorldColumns.millis("Late p99.9", "lateP999Millis", Figures::lateP999),
            WorldColumns.millis("Late at most", "lateMaxMillis", Figures::lateMax),
            WorldColumns.millis("Busy", "busyMillis", Figures::busyMean),
            WorldColumns.millis("Busy p99", "busyP99Millis", Figures::busyP99),
            WorldColumns.total("Overrun", "overrun", Totals::overruns),
            WorldColumns.total("Skipped", "skipped", Totals::skipped),
            WorldColumns.total("Late", "late", Totals::late),
            WorldColumns.total("Stuck", "stuck", Totals::stuck),
            // ---- its sessions
            mode(SessionMode.AUTH, "auth"),
            mode(SessionMode.AUTH_TO_GAME, "authToGame"),
            mode(SessionMode.GAME, "game"),
            mode(SessionMode.WAIT_LOGOUT, "waitLogout"),
            new Column<>("Lost", "lost", WorldColumns.of(world -> world.counts().census().lost())),
            WorldColumns.total("Slow", "slow", Totals::slow),
            WorldColumns.total("Failed", "failed", Totals::failed),
            WorldColumns.rate("In/s", "inPerSecond", Figures::received),
            WorldColumns.rate("In bytes/s", "inBytesPerSecond", Figures::receivedBytes),
            WorldColumns.rate("Out/s", "outPerSecond", Figures::sent),
            WorldColumns.rate("Out bytes/s", "outBytesPerSecond", Figures::sentBytes),
            new Column<>(
                "Inbox", "inbox", WorldColumns.of(world -> world.counts().census().inboxes())),
            // ---- how a version has rehearsed it last
            rehearsed("Rehearsed by", "rehearsedBy", Rehearsed::version),
            rehearsed("with sessions", "rehearsedSessions", Rehearsed::sessions),
            rehearsed("with frames", "rehearsedFrames", Rehearsed::frames),
            rehearsed("with bytes", "rehearsedBytes", Rehearsed::bytes),
            rehearsedMillis("its load took", "rehearsedLoadMillis", Rehearsed::loadNanos),
            rehearsedMillis("its frames took", "rehearsedFrameMillis", Rehearsed::frameNanos),
            // ---- how a version has taken it over last
            takeover("Taken over by", "takeoverTo", LastTakeover::to),
            takeover("from", "takeoverFrom", LastTakeover::from),
            takeover("at", "takeoverAt", LastTakeover::at),
            takeover("bytes", "takeoverBytes", LastTakeover::bytes),
            takeoverMillis("save took", "takeoverSaveMillis", LastTakeover::saveNanos),
            takeoverMillis("load took", "takeoverLoadMillis", LastTakeover::loadNanos),
            takeover("outcome", "takeoverOutcome", LastTakeover::outcome));
  }

  private static String configured(WorldRule rule) {
    return rule.keys().isEmpty() ? "nothing" : String.join(", ", rule.keys());
  }

  private static Column<Entry> mode(SessionMode mode, String key) {
    return new Column<>(
        mode.toString(), key, WorldColumns.of(world -> world.counts().census().modes().get(mode)));
  }

  private static Column<Entry> rehearsed(String title, String key, Function<Rehearsed, ?> value) {
    return new Column<>(
        title, key, entry -> rehearsed(entry).map(value).map(Object.class::cast).orElse(null));
  }

  private static Column<Entry> rehearsedMillis(
      String title, String key, ToLongFunction<Rehearsed> nanos) {
    return new Column<>(
        title,
        key,
        entry -> rehearsed(entry).map(each -> Millis.of(nanos.applyAsLong(each))).orElse(null),
        entry -> rehearsed(entry).map(each -> Millis.text(nanos.applyAsLong(each))).orElse(null));
  }

  private static Optional<Rehearsed> rehearsed(Entry entry) {
    return Optional.ofNullable(entry.world().status().story().rehearsed());
  }

  private static Column<Entry> takeover(String title, String key, Function<LastTakeover, ?> value) {
    return new Column<>(
        title, key, entry -> takeover(entry).map(value).map(Object.class::cast).orElse(null));
  }

  private static Column<Entry> takeoverMillis(
      String title, String key, ToLongFunction<LastTakeover> nanos) {
    return new Column<>(
        title,
        key,
        entry -> takeover(entry).map(each -> Millis.of(nanos.applyAsLong(each))).orElse(null),
        entry -> takeover(entry).map(each -> Millis.text(nanos.applyAsLong(each))).orElse(null));
  }

  private static Optional<LastTakeover> takeover(Entry entry) {
    return Optional.ofNullable(entry.world().status().story().last());
  }

  /** For a program. */
  Table<Entry> table() {
    return table;
  }

  /** For a person: a line for each value that there is, behind its label. */
  String lines(Entry entry) {
    List<Column<Entry>> columns = table.columns();
    int width = columns.stream().mapToInt(column -> column.title().length()).max().orElse(0);
    StringBuilder lines = new StringBuilder();
    for (Column<Entry> column : columns) {
      String text = Text.of(column.shown().apply(entry));
      if (!text.isEmpty()) {
        String blanks = " ".repeat(width - column.title().length());
        lines.append(column.title()).append(blanks).append("  ").append(text).append('\n');
      }
    }
    return lines.toString();
  }
}
