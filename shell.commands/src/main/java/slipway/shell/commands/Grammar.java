package slipway.shell.commands;

import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import slipway.account.AccountName;
import slipway.account.Role;
import slipway.admin.AcceptorState;
import slipway.admin.AdminException;
import slipway.admin.LogLevel;
import slipway.admin.LogQuery;
import slipway.admin.ServiceState;
import slipway.config.Durations;
import slipway.shell.commands.ChatCommand.MessageCount;
import slipway.shell.commands.ChatCommand.MessageNumber;
import slipway.shell.commands.ConnectionsCommand.ConnectionId;
import slipway.shell.commands.LogsCommand.Count;

/**
 * The rules that all commands share: {@code --help}, types of values, no colours, how to refuse.
 */
final class Grammar {

  private static final int WIDTH = 80;

  /** The grammars of all commands, in the order in which {@code help} shows them. */
  static final List<Class<?>> ALL =
      List.of(
          LibctlCommand.Libctl.class,
          AcservCommand.Acserv.class,
          StatisticsCommand.Statistics.class,
          ConnectionsCommand.Connections.class,
          UsersCommand.Users.class,
          ChatCommand.Chat.class,
          StartCommand.Start.class,
          StopCommand.Stop.class,
          PauseCommand.Pause.class,
          ResumeCommand.Resume.class,
          ProblemsCommand.Problems.class,
          LogsCommand.Logs.class,
          WaitCommand.Wait.class,
          ShutdownCommand.Shutdown.class,
          ExitCommand.Exit.class,
          HelpCommand.Help.class);

  private Grammar() {}

  /** The parser of an annotated object, or of its class where nothing is to be run. */
  static CommandLine of(Object annotated) {
    CommandLine line = new CommandLine(annotated);
    offerHelp(line);
    return line.setExpandAtFiles(false)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setUsageHelpWidth(WIDTH)
        .registerConverter(ServiceState.class, Grammar::serviceState)
        .registerConverter(AcceptorState.class, Grammar::acceptorState)
        .registerConverter(ConnectionId.class, Grammar::connectionId)
        .registerConverter(LogLevel.class, Grammar::logLevel)
        .registerConverter(Count.class, Grammar::count)
        .registerConverter(Since.class, Grammar::since)
        .registerConverter(AccountName.class, Grammar::accountName)
        .registerConverter(BanTarget.class, Grammar::banTarget)
        .registerConverter(Role.class, Grammar::role)
        .registerConverter(MessageCount.class, Grammar::messageCount)
        .registerConverter(MessageNumber.class, Grammar::messageNumber)
        .registerConverter(URI.class, Jars::parse)
        .registerConverter(Duration.class, Grammar::duration);
  }

  /** Parses arguments and runs the object, or the part of it, that they name. */
  static void run(Object annotated, List<String> arguments, PrintStream out) throws Exception {
    CommandLine line = of(annotated);
    try {
      ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
      List<CommandLine> named = parsed.asCommandLineList();
      for (CommandLine each : named) {
        if (each.isUsageHelpRequested()) {
          out.print(each.getUsageMessage());
          return;
        }
      }
      CommandLine last = named.get(named.size() - 1);
      if (!last.getSubcommands().isEmpty()) {
        throw new ParameterException(last, "a verb is missing; " + Refusal.verbs(last));
      }
      new CommandLine.RunLast().execute(parsed);
    } catch (ParameterException refused) {
      throw Refusal.of(refused);
    } catch (CommandLine.ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }

  private static void offerHelp(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this help.").build());
    line.getSubcommands().values().forEach(Grammar::offerHelp);
  }

  private static ServiceState serviceState(String text) {
    return ServiceState.parse(text).orElseThrow(() -> unknownState(ServiceState.values()));
  }

  private static AcceptorState acceptorState(String text) {
    return AcceptorState.parse(text).orElseThrow(() -> unknownState(AcceptorState.values()));
  }

  private static TypeConversionException unknownState(Enum<?>[] states) {
    return new TypeConversionException(
        Arrays.stream(states)
            .map(state -> state.ordinal() + " " + state)
            .collect(Collectors.joining(", ", "allowed are ", "")));
  }

  private static ConnectionId connectionId(String text) {
    try {
      return new ConnectionId(Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      throw new TypeConversionException("allowed is a connection's number, as statistics shows it");
    }
  }

  private static LogLevel logLevel(String text) {
    return LogLevel.parse(text)
        .filter(level -> level != LogLevel.OFF)
        .orElseThrow(
            () -> new TypeConversionException("allowed are ERROR, WARN, INFO, DEBUG, TRACE"));
  }

  private static Count count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 0 && count <= LogQuery.MAX_COUNT) {
        return new Count(count);
      }
    } catch (NumberFormatException notANumber) {
      // told below, as a number out of range is
    }
    throw new TypeConversionException("allowed is a whole number from 0 to " + LogQuery.MAX_COUNT);
  }

  private static Since since(String text) {
    return Since.parse(text, Clock.systemDefaultZone())
        .orElseThrow(() -> new TypeConversionException("allowed is " + Since.FORM));
  }

  private static AccountName accountName(String text) {
    try {
      return AccountName.of(text);
    } catch (IllegalArgumentException noName) {
      throw new TypeConversionException("allowed are " + AccountName.FORM);
    }
  }

  private static BanTarget banTarget(String text) {
    try {
      return BanTarget.parse(text);
    } catch (IllegalArgumentException neither) {
      throw new TypeConversionException("allowed is " + BanTarget.FORM);
    }
  }

  private static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("allowed are USER, OPERATOR"));
  }

  private static MessageCount messageCount(String text) {
    if (text.matches("[1-9][0-9]{0,8}") && Integer.parseInt(text) <= MessageCount.MOST) {
      return new MessageCount(Integer.parseInt(text));
    }
    throw new TypeConversionException("allowed is 1 to " + MessageCount.MOST);
  }

  private static MessageNumber messageNumber(String text) {
    if (text.matches("#?[1-9][0-9]{0,17}")) {
      return new MessageNumber(Long.parseLong(text.replace("#", "")));
    }
    throw new TypeConversionException("allowed is a message's ID, as chat history shows it");
  }

  private static Duration duration(String text) {
    return Durations.parse(text)
        .orElseThrow(() -> new TypeConversionException("allowed is " + Durations.FORM));
  }

  /**
   * A service that a command needs.
   *
   * @param service the service; null while it is absent
   * @param what what it manages, for the message
   * @throws AdminException if it is absent
   */
  static <T> T need(T service, String what) throws AdminException {
    if (service == null) {
      throw new AdminException(
          "nothing manages the host's " + what + " now: the host is starting or stopping");
    }
    return service;
  }
}
