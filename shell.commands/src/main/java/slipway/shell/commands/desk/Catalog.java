package slipway.shell.commands.desk;

import java.util.List;
import java.util.Optional;

/** The commands that there are now. May be asked from any thread. */
interface Catalog {

  /** All of them, in the order of {@code help}. */
  List<DeskCommand> commands();

  /** The command with a name, without its scope. */
  default Optional<DeskCommand> find(String name) {
    return commands().stream().filter(command -> command.head().name().equals(name)).findFirst();
  }
}
