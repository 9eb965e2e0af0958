package slipway.shell.commands.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;

/**
 * The commands that Gogo has, by the names that its sessions know.
 *
 * @param session the session; null if there is none, and then there are no commands
 */
record OtherCommands(CommandSession session) {

  /** Gogo's variable that holds the names of all commands with their scopes. */
  private static final String COMMANDS = ".commands";

  /** The names without their scopes, by scope; the names of one scope are left out. */
  Map<String, Set<String>> byScope(String without) {
    return names().stream()
        .filter(command -> !command.startsWith(without + ":"))
        .collect(
            Collectors.groupingBy(
                command -> command.substring(0, command.indexOf(':')),
                TreeMap::new,
                Collectors.mapping(
                    command -> command.substring(command.indexOf(':') + 1),
                    Collectors.toCollection(TreeSet::new))));
  }

  /** Whether there is a command with this name, with or without its scope. */
  boolean has(String name) {
    return names().stream().anyMatch(each -> each.equals(name) || each.endsWith(":" + name));
  }

  /** What another command says about a name; empty if that command does not exist. */
  Optional<String> explain(String helper, String name) throws Exception {
    if (session == null || !(session.get(helper) instanceof Function help)) {
      return Optional.empty();
    }
    return Optional.of(String.valueOf(help.execute(session, new ArrayList<>(List.of(name)))));
  }

  /** Names of commands that exist now; Gogo also remembers commands that are gone. */
  private Set<String> names() {
    return session != null && session.get(COMMANDS) instanceof Set<?> names
        ? names.stream()
            .map(String::valueOf)
            .filter(name -> session.get(name) instanceof Function)
            .collect(Collectors.toCollection(TreeSet::new))
        : Set.of();
  }
}
