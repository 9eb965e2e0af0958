package slipway.shell.commands.desk;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import slipway.command.Call;
import slipway.command.Caller;
import slipway.command.Form;
import slipway.command.Table;

/** One call, as a surface makes it. */
public final class DeskCall implements Call {

  private final Caller caller;
  private final Path directory;
  private final InputStream in;
  private final PrintStream out;
  private final CommandSession session;

  /** The command and its verb, as far as they are known. */
  private volatile String words;

  /**
   * Makes a call.
   *
   * @param command the word that was called
   * @param caller who can be asked; null if nobody can
   * @param directory what relative paths count from; absolute
   */
  public DeskCall(String command, Caller caller, Path directory, InputStream in, PrintStream out) {
    this(command, caller, directory, in, out, null);
  }

  private DeskCall(
      String command,
      Caller caller,
      Path directory,
      InputStream in,
      PrintStream out,
      CommandSession session) {
    this.words = command;
    this.caller = Objects.requireNonNullElse(caller, NoCaller.INSTANCE);
    this.directory = directory;
    this.in = in;
    this.out = out;
    this.session = session;
  }

  /** The call that is made in a session of Gogo, by the current thread. */
  static DeskCall in(CommandSession session, String command) {
    Process process = Process.Utils.current(); // its place in a pipe or behind a redirection
    return new DeskCall(
        command,
        session.get(Caller.VARIABLE) instanceof Caller caller ? caller : null,
        session.get(Caller.DIRECTORY) instanceof Path path ? path : Path.of("").toAbsolutePath(),
        process == null ? InputStream.nullInputStream() : process.in(),
        process == null ? session.getConsole() : process.out(),
        session);
  }

  /** The session in which it is made; null for none. */
  CommandSession session() {
    return session;
  }

  /** Says which verb it is. */
  void called(String commandAndVerb) {
    words = commandAndVerb;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public <T> void show(Table<T> table, List<T> rows, Form form) {
    switch (form) {
      case TABLE -> out.print(TextTable.of(table, rows));
      case JSON -> out.print(JsonRows.array(table, rows));
      case JSON_LINES -> rows.forEach(row -> out.print(JsonRows.line(table, row)));
    }
  }

  @Override
  public void waits(String what) {
    caller.waits(what.isEmpty() ? "" : words + " waits for " + what);
  }
}
