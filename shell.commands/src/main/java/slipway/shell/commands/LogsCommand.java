package slipway.shell.commands;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.AdminException;
import slipway.admin.Caller;
import slipway.admin.LogAdmin;
import slipway.admin.LogAdmin.Extent;
import slipway.admin.LogAdmin.Following;
import slipway.admin.LogAdmin.LoggerLevel;
import slipway.admin.LogLevel;
import slipway.admin.LogQuery;
import slipway.admin.LogRecord;

/** The command {@code logs}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "logs"})
public final class LogsCommand extends GogoCommand {

  private final LogAdmin log;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public LogsCommand(@Reference(cardinality = ReferenceCardinality.OPTIONAL) LogAdmin log) {
    this.log = log;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Logs(log, caller(session), out);
  }

  @Command(name = "logs", description = "Shows and clears the log, and sets what is logged.")
  static final class Logs {
    /** The level that gives a logger back to its configuration. */
    static final String DEFAULT = "default";

    private final LogAdmin log;
    private final Caller caller;
    private final PrintStream out;

    Logs(LogAdmin log, Caller caller, PrintStream out) {
      this.log = log;
      this.caller = caller;
      this.out = out;
    }

    @Command(description = "Shows the last records, those of rolled files and earlier starts too.")
    void show(
        @Parameters(
                paramLabel = Labels.COUNT,
                arity = "0..1",
                defaultValue = "50",
                description = "How many at most, 0 to 100000; ${DEFAULT-VALUE} if not given.")
            Count count,
        @Option(
                names = "--level",
                paramLabel = Labels.LEVEL,
                defaultValue = "TRACE",
                description = "From this level on: ERROR, WARN, INFO, DEBUG or TRACE.")
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
                description =
                    "Since a time (08:30), a date (2026-01-31), both (2026-01-31T08:30), or for a"
                        + " duration (10m).")
            Since since,
        @Option(
                names = "--follow",
                description = "Goes on with what is logged from now on, until it is interrupted.")
            boolean follow,
        @Option(names = "--json", description = "Writes one JSON object a line.") boolean json)
        throws AdminException, InterruptedException {
      LogQuery query =
          new LogQuery(
              count.value(), level, bundle, since == null ? Since.EVER.time() : since.time());
      if (!follow) {
        admin().records(query).forEach(record -> print(record, json));
        return;
      }
      new Waits(caller, "logs").silent();
      try (Following following = admin().follow(query)) {
        Optional<LogRecord> next = following.next();
        while (next.isPresent() && !out.checkError()) {
          print(next.get(), json);
          next = following.next();
        }
      }
    }

    private void print(LogRecord record, boolean json) {
      out.print(json ? Listings.RECORDS.jsonLine(record) : Text.of(record));
    }

    @Command(description = "Deletes all records, those of rolled files too. Logging goes on.")
    void clear(@Option(names = Consent.OPTION, description = Consent.HELP) boolean yes)
        throws AdminException, InterruptedException {
      Consent consent = new Consent("logs clear", yes, caller);
      if (consent.to("delete " + told(admin().extent()))) {
        out.print("deleted " + told(admin().clear()) + "\n");
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
          "Sets the level from which on a logger speaks, or lists the loggers that have one.",
          "It holds until the host ends; conf/logback.xml says what holds after a start."
        })
    void level(
        @Parameters(
                paramLabel = Labels.LOGGER,
                arity = "0..1",
                description = "A logger, such as a package; ROOT is above all.")
            String logger,
        @Parameters(
                paramLabel = Labels.LEVEL,
                arity = "0..1",
                description = "OFF, ERROR, WARN, INFO, DEBUG, TRACE; or default.")
            String level)
        throws AdminException {
      if (logger != null && level == null) {
        throw new AdminException(
            "logs level: LEVEL is missing; allowed are " + levels() + "; see: logs level --help");
      }
      if (logger != null) {
        admin().setLevel(logger, wanted(level));
      }
      List<LoggerLevel> all = admin().levels();
      out.print(Listings.LEVELS.table(all));
    }

    private static Optional<LogLevel> wanted(String level) throws AdminException {
      if (level.equalsIgnoreCase(DEFAULT)) {
        return Optional.empty();
      }
      return Optional.of(
          LogLevel.parse(level)
              .orElseThrow(
                  () ->
                      new AdminException(
                          "logs level: LEVEL "
                              + Text.quoted(level)
                              + ": allowed are "
                              + levels()
                              + "; see: logs level --help")));
    }

    private static String levels() {
      return LogLevel.FORM.replace(" or ", ", ") + " or " + DEFAULT;
    }

    private LogAdmin admin() throws AdminException {
      if (log == null) {
        throw new AdminException(
            "nothing manages the log now: conf/logback.xml names no appender"
                + " slipway.server.log.HostLog that works, or the host is starting or stopping");
      }
      return log;
    }
  }

  /** How many records. */
  record Count(int value) {}
}
