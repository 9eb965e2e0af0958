package slipway.shell.commands.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.LogAdmin;
import slipway.admin.LogAdmin.Extent;
import slipway.admin.LogAdmin.Following;
import slipway.admin.LogAdmin.LoggerLevel;
import slipway.admin.LogLevel;
import slipway.admin.LogQuery;
import slipway.admin.LogRecord;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.command.Text;

/** The verbs of {@code logs}. */
@Command
final class Logs {
  private static final Table<LogRecord> RECORDS =
      Table.of(
          new Column<>("Index", "index", LogRecord::index),
          new Column<>("Time", "time", LogRecord::time),
          new Column<>("Level", "level", LogRecord::level),
          new Column<>("Type", "type", LogRecord::type),
          new Column<>("Connection", "connection", Logs::connection),
          new Column<>("Logger", "logger", LogRecord::logger),
          new Column<>("Bundle", "bundle", record -> orNull(record.bundle())),
          new Column<>("Message", "message", LogRecord::message),
          new Column<>("Stack", "stack", Logs::stack));

  private static final Table<LoggerLevel> LEVELS =
      Table.of(
          new Column<>("Logger", "logger", LoggerLevel::logger),
          new Column<>("Level", "level", LoggerLevel::level),
          new Column<>(
              "By",
              "by",
              level -> level.set() ? "logs level, until the host ends" : "conf/logback.xml"));

  private static final String LEVEL = "LEVEL";
  private static final String LOGGER = "LOGGER";

  /** The level that gives a logger back to its configuration. */
  static final String DEFAULT = "default";

  private final LogAdmin log;
  private final Call call;

  Logs(LogAdmin log, Call call) {
    this.log = log;
    this.call = call;
  }

  @Command(description = "Shows the last records, including rolled files and earlier starts.")
  void show(
      @Parameters(
              paramLabel = "N",
              converter = Count.Converter.class,
              arity = "0..1",
              defaultValue = "50",
              description = "How many at most, 0 to 100000; the default is ${DEFAULT-VALUE}.")
          Count count,
      @Option(
              names = "--level",
              paramLabel = LEVEL,
              converter = LevelConverter.class,
              completionCandidates = Levels.class,
              defaultValue = "TRACE",
              description = "Of this level or above: ERROR, WARN, INFO, DEBUG or TRACE.")
          LogLevel level,
      @Option(
              names = "--bundle",
              paramLabel = "BUNDLE",
              defaultValue = "",
              description = "Of this bundle, by its symbolic name, or of this logger.")
          String bundle,
      @Option(
              names = "--since",
              paramLabel = "TIME",
              converter = Since.Converter.class,
              description =
                  "Since a time (08:30), a date (2026-01-31), both (2026-01-31T08:30), or for a"
                      + " duration (10m).")
          Since since,
      @Option(
              names = "--follow",
              description = "Also shows what is logged from now on, until interrupted.")
          boolean follow,
      @Option(names = "--json", description = "Writes one JSON object per line.") boolean json)
      throws Exception {
    LogQuery query =
        new LogQuery(
            count.value(), level, bundle, since == null ? Since.EVER.time() : since.time());
    if (!follow) {
      admin().records(query).forEach(record -> print(record, json));
      return;
    }
    call.waits("");
    try (Following following = admin().follow(query)) {
      Optional<LogRecord> next = following.next();
      while (next.isPresent() && !call.out().checkError()) {
        print(next.get(), json);
        next = following.next();
      }
    }
  }

  private void print(LogRecord record, boolean json) {
    if (json) {
      call.show(RECORDS, List.of(record), Form.JSON_LINES);
    } else {
      call.out().print(text(record));
    }
  }

  @Command(description = "Deletes all records, including those of rolled files. Logging continues.")
  void clear(@Option(names = Consent.OPTION, description = Consent.HELP) boolean yes)
      throws Exception {
    Consent consent = new Consent("logs clear", yes, call.caller());
    if (consent.to("delete " + told(admin().extent()))) {
      call.out().print("deleted " + told(admin().clear()) + "\n");
    }
  }

  private static String told(Extent extent) {
    return extent.files()
        + (extent.files() == 1 ? " file of " : " files of ")
        + extent.bytes()
        + " bytes";
  }

  @Command(
      description = {
        "Sets a logger's level, or lists the loggers that have one.",
        "The level holds until the host ends; after a start, conf/logback.xml counts."
      })
  void level(
      @Parameters(
              paramLabel = LOGGER,
              arity = "0..1",
              description = "A logger, such as a package; ROOT is above all others.")
          String logger,
      @Parameters(
              paramLabel = LEVEL,
              arity = "0..1",
              completionCandidates = SettableLevels.class,
              description = "OFF, ERROR, WARN, INFO, DEBUG, TRACE; or default.")
          String level)
      throws Exception {
    if (logger != null && level == null) {
      throw new CommandException(
          "logs level: LEVEL is missing; allowed are " + levels() + "; see: logs level --help");
    }
    if (logger != null) {
      admin().setLevel(logger, wanted(level));
    }
    List<LoggerLevel> all = admin().levels();
    call.show(LEVELS, all);
  }

  private static Optional<LogLevel> wanted(String level) throws CommandException {
    if (level.equalsIgnoreCase(DEFAULT)) {
      return Optional.empty();
    }
    return Optional.of(
        LogLevel.parse(level)
            .orElseThrow(
                () ->
                    new CommandException(
                        "logs level: LEVEL "
                            + Text.quoted(level)
                            + ": allowed are "
                            + levels()
                            + "; see: logs level --help")));
  }

  private static String levels() {
    return LogLevel.FORM.replace(" or ", ", ") + " or " + DEFAULT;
  }

  private LogAdmin admin() throws CommandException {
    if (log == null) {
      throw new CommandException(
          "nothing manages the log now: conf/logback.xml names no appender"
              + " slipway.server.log.HostLog that works, or the host is starting or stopping");
    }
    return log;
  }

  @CandidatesFor(LOGGER)
  List<String> loggers() {
    return log == null ? List.of() : log.levels().stream().map(LoggerLevel::logger).toList();
  }

  /**
   * A record: its time, its index, its level, its type and its message, and a line for each line of
   * its stack trace.
   */
  private static String text(LogRecord record) {
    StringBuilder text = new StringBuilder();
    text.append(Text.of(record.time()))
        .append(
            String.format("  %5d  %-5s  %-12s  ", record.index(), record.level(), record.type()))
        .append(Text.line(record.message()))
        .append('\n');
    record.stack().forEach(each -> text.append("    ").append(Text.line(each)).append('\n'));
    return text.toString();
  }

  private static Object connection(LogRecord record) {
    return record.connection().matches("\\d{1,18}")
        ? (Object) Long.valueOf(record.connection())
        : orNull(record.connection());
  }

  private static List<String> stack(LogRecord record) {
    return record.stack().isEmpty() ? null : record.stack();
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Levels that a record can have. */
  static final class Levels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(LogLevel.values())
          .filter(level -> level != LogLevel.OFF)
          .map(Enum::name)
          .iterator();
    }
  }

  /** Levels that a logger can be given. */
  static final class SettableLevels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> words = new ArrayList<>(List.of(LogLevel.OFF.name()));
      new Levels().forEach(words::add);
      words.add(DEFAULT);
      return words.iterator();
    }
  }
}
