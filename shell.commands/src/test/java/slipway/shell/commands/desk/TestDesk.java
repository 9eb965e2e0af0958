package slipway.shell.commands.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.CommandProxy;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import slipway.command.Command;
import slipway.command.CommandName;

/** A desk in a session of the real Gogo runtime, with the commands that a test brings. */
public final class TestDesk implements Catalog, AutoCloseable {

  private final CommandProcessorImpl processor = new CommandProcessorImpl(new ThreadIOImpl());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<DeskCommand> commands = new CopyOnWriteArrayList<>();
  private final CommandSession session;

  public TestDesk() {
    bring(new HelpCommand(this));
    add("test", "upper", TestDesk::upper);
    PrintStream text = new PrintStream(out, true, UTF_8);
    session = processor.createSession(InputStream.nullInputStream(), text, text);
    session.put("SCOPE", "slipway:felix:test:*");
  }

  /** A command that is always there. */
  private record Present(CommandHead head, Command command) implements DeskCommand {
    @Override
    public Taken take(Consumer<String> waits) {
      return new Taken(command, () -> {});
    }

    @Override
    public Optional<Taken> takeIfThere() {
      return Optional.of(take(what -> {}));
    }
  }

  /** Brings a command as its annotation says. */
  public void bring(Command command) {
    CommandHead head = CommandHead.of(command.getClass().getAnnotation(CommandName.class));
    bring(new Present(head, command));
  }

  void bring(DeskCommand command) {
    String name = command.head().name();
    commands.removeIf(other -> other.head().name().equals(name));
    commands.add(command);
    add("slipway", name, new GogoFunction(this, name));
  }

  /** Adds a command that is Gogo's alone. */
  public void add(String scope, String name, Function command) {
    processor.addCommand(scope, new CommandProxy(command, name), name);
  }

  /** What Gogo is left with when a command's bundle goes. */
  public void forget(String scope, String name) {
    processor.removeCommand(scope, name);
    processor.addCommand(scope, null, name);
    processor.removeCommand(scope, name, null);
  }

  @Override
  public List<DeskCommand> commands() {
    return commands.stream()
        .sorted(
            Comparator.comparingLong((DeskCommand each) -> each.head().order())
                .thenComparing(each -> each.head().name()))
        .toList();
  }

  /** What the last of some words could become. */
  public List<String> candidates(List<String> words) {
    return new ArgumentCompletion(this).candidates(words);
  }

  /** What a command line wrote. */
  public String run(String line) throws Exception {
    out.reset();
    Object result = session.execute(line);
    return out.toString(UTF_8) + (result == null ? "" : result);
  }

  /** What has been written so far, while a command is still running. */
  public String written() {
    return out.toString(UTF_8);
  }

  /** The session in which commands run. */
  public CommandSession session() {
    return session;
  }

  private static Object upper(CommandSession session, List<Object> arguments) throws Exception {
    Process process = Process.Utils.current();
    process.out().print(new String(process.in().readAllBytes(), UTF_8).toUpperCase());
    return null;
  }

  @Override
  public void close() {
    session.close();
    processor.stop();
  }
}
