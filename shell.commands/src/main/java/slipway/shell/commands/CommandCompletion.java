package slipway.shell.commands;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import slipway.account.Accounts;
import slipway.account.Role;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AcceptorStatus;
import slipway.admin.AdminException;
import slipway.admin.ChatAdmin;
import slipway.admin.Completion;
import slipway.admin.ConnectionAdmin;
import slipway.admin.ConnectionStatus;
import slipway.admin.LogAdmin;
import slipway.admin.LogAdmin.LoggerLevel;
import slipway.admin.LogLevel;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceStatus;

/**
 * Completes the commands' arguments: verbs and options by their grammars, names by what is there.
 */
@Component(
    property = {
      Completion.COMMANDS + "=libctl",
      Completion.COMMANDS + "=acserv",
      Completion.COMMANDS + "=statistics",
      Completion.COMMANDS + "=connections",
      Completion.COMMANDS + "=users",
      Completion.COMMANDS + "=chat",
      Completion.COMMANDS + "=start",
      Completion.COMMANDS + "=stop",
      Completion.COMMANDS + "=pause",
      Completion.COMMANDS + "=resume",
      Completion.COMMANDS + "=logs",
      Completion.COMMANDS + "=wait",
      Completion.COMMANDS + "=shutdown",
      Completion.COMMANDS + "=problems",
      Completion.COMMANDS + "=exit",
      Completion.COMMANDS + "=help"
    })
public final class CommandCompletion implements Completion {

  /** More than so many help nobody. */
  private static final int MOST = 500;

  private static final int PATIENCE_MILLIS = 1000;

  private final ServiceAdmin services;
  private final AcceptorAdmin acceptors;
  private final ConnectionAdmin connections;
  private final LogAdmin log;
  private final Accounts accounts;
  private final ChatAdmin chat;

  /** Called by Declarative Services; a service is null while it is absent. */
  @Activate
  public CommandCompletion(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ServiceAdmin services,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConnectionAdmin connections,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) LogAdmin log,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) Accounts accounts,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          ChatAdmin chat) {
    this.services = services;
    this.acceptors = acceptors;
    this.connections = connections;
    this.log = log;
    this.accounts = accounts;
    this.chat = chat;
  }

  @Override
  public List<String> candidates(List<String> words) {
    if (words.size() < 2) {
      return List.of();
    }
    CommandLine line =
        Grammar.ALL.stream()
            .map(Grammar::of)
            .filter(each -> each.getCommandName().equals(words.get(0)))
            .findFirst()
            .orElse(null);
    if (line == null) {
      return List.of();
    }
    int positional = 0;
    OptionSpec open = null;
    for (String word : words.subList(1, words.size() - 1)) {
      if (open != null) {
        open = null;
      } else if (line.getSubcommands().containsKey(word)) {
        line = line.getSubcommands().get(word);
      } else if (word.startsWith("-")) {
        open = takingValue(line, word);
      } else {
        positional++;
      }
    }
    String last = words.get(words.size() - 1);
    return (open == null ? possible(line, positional, last) : values(open, last))
        .filter(candidate -> candidate.regionMatches(true, 0, last, 0, last.length()))
        .distinct()
        .limit(MOST)
        .toList();
  }

  /** The option, if its value is the next word; null otherwise. */
  private static OptionSpec takingValue(CommandLine line, String option) {
    OptionSpec spec = line.getCommandSpec().findOption(option);
    return spec != null && spec.arity().max() > 0 ? spec : null;
  }

  private static Stream<String> levels() {
    return Arrays.stream(LogLevel.values()).filter(level -> level != LogLevel.OFF).map(Enum::name);
  }

  private static Stream<String> settableLevels() {
    return Stream.concat(
        Stream.of(LogLevel.OFF.name()),
        Stream.concat(levels(), Stream.of(LogsCommand.Logs.DEFAULT)));
  }

  private Stream<String> possible(CommandLine line, int index, String last) {
    CommandSpec spec = line.getCommandSpec();
    if (last.startsWith("-")) {
      return spec.options().stream().map(OptionSpec::longestName).sorted();
    }
    if (!line.getSubcommands().isEmpty()) {
      return line.getSubcommands().keySet().stream().sorted();
    }
    List<PositionalParamSpec> parameters = spec.positionalParameters();
    return index < parameters.size() ? values(parameters.get(index), last) : Stream.empty();
  }

  private Stream<String> values(ArgSpec argument, String last) {
    return switch (argument.paramLabel()) {
      case Labels.SERVICE ->
          names(services == null ? null : services.services(), ServiceStatus::name);
      case Labels.ACCEPTOR -> acceptors == null ? Stream.empty() : targets();
      case Labels.JAR -> Jars.candidates(last, Path.of("").toAbsolutePath()).stream();
      case Labels.LOGGER -> names(log == null ? null : log.levels(), LoggerLevel::logger);
      case Labels.LEVEL -> argument.isOption() ? levels() : settableLevels();
      case Labels.STATE -> states(argument.type());
      case Labels.CONNECTION ->
          names(
              connections == null ? null : connections.connections(),
              (ConnectionStatus connection) -> Long.toString(connection.id()));
      case Labels.USER, Labels.BANNED -> users();
      case Labels.ROOM -> names(chat == null ? null : chat.rooms(), ChatAdmin.Room::name);
      case Labels.PRESENT -> chat == null ? Stream.empty() : present();
      case Labels.ROLE -> Arrays.stream(Role.values()).map(Role::name);
      case Labels.COMMAND ->
          Grammar.ALL.stream().map(command -> Grammar.of(command).getCommandName()).sorted();
      default -> Stream.empty();
    };
  }

  private Stream<String> targets() {
    List<AcceptorStatus> all = acceptors.acceptors();
    return Stream.concat(
        all.stream().map(AcceptorStatus::port).filter(port -> port > 0).map(String::valueOf),
        all.stream().map(AcceptorStatus::name));
  }

  /** Nothing where the database does not answer at once: somebody waits for the key. */
  private Stream<String> users() {
    try {
      return accounts == null
          ? Stream.empty()
          : accounts
              .list()
              .toCompletableFuture()
              .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              .stream()
              .map(account -> account.name().toString());
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException unknown) {
      // no help then
    }
    return Stream.empty();
  }

  /** Names of those who are in the chat, as others see them. */
  private Stream<String> present() {
    return chat.rooms().stream()
        .flatMap(room -> who(room.name()))
        .map(shown -> shown.split(" ", 2)[0]); // behind it may be why somebody does not answer
  }

  private Stream<String> who(String room) {
    try {
      return chat.who(room).stream();
    } catch (AdminException noRoom) {
      return Stream.empty();
    }
  }

  private static Stream<String> states(Class<?> type) {
    Object[] states = type.getEnumConstants();
    return Stream.concat(
        Arrays.stream(states).map(String::valueOf),
        Arrays.stream(states).map(state -> Integer.toString(((Enum<?>) state).ordinal())));
  }

  private static <T> Stream<String> names(Collection<T> all, Function<T, String> name) {
    return all == null ? Stream.empty() : all.stream().map(name);
  }
}
