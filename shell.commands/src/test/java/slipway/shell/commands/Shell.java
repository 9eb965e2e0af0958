package slipway.shell.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.CommandProxy;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;

/** A session of the real Gogo runtime with the host's commands over a {@link FakeHost}. */
final class Shell implements AutoCloseable {

  final FakeHost host = new FakeHost();
  final FakeLog log = new FakeLog();
  final FakeAccounts accounts = new FakeAccounts();
  final FakeChat chat = new FakeChat();
  final CommandSession session;
  private final CommandProcessorImpl processor;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Shell() {
    processor = new CommandProcessorImpl(new ThreadIOImpl());
    add("slipway", "libctl", new LibctlCommand(host, host, host));
    add("slipway", "acserv", new AcservCommand(host));
    add("slipway", "statistics", new StatisticsCommand(host));
    add("slipway", "connections", new ConnectionsCommand(host));
    add("slipway", "users", new UsersCommand(accounts));
    add("slipway", "chat", new ChatCommand(chat));
    add("slipway", "start", new StartCommand(host));
    add("slipway", "stop", new StopCommand(host));
    add("slipway", "pause", new PauseCommand(host));
    add("slipway", "resume", new ResumeCommand(host));
    add("slipway", "problems", new ProblemsCommand(host));
    add("slipway", "logs", new LogsCommand(log));
    add("slipway", "wait", new WaitCommand(host, host));
    add("slipway", "shutdown", new ShutdownCommand(host, host));
    add("slipway", "exit", new ExitCommand(host));
    add("slipway", "help", new HelpCommand());
    add("felix", "stop", (session, arguments) -> "felix stops " + arguments);
    add("felix", "help", (session, arguments) -> "felix helps with " + arguments);
    add("test", "upper", Shell::upper);
    PrintStream text = new PrintStream(out, true, UTF_8);
    session = processor.createSession(InputStream.nullInputStream(), text, text);
    session.put("SCOPE", "slipway:felix:test:*");
  }

  void add(String scope, String name, Function command) {
    processor.addCommand(scope, new CommandProxy(command, name), name);
  }

  /** What Gogo is left with when a command's bundle goes. */
  void forget(String scope, String name) {
    processor.removeCommand(scope, name);
    processor.addCommand(scope, null, name);
    processor.removeCommand(scope, name, null);
  }

  /** What a command line wrote. */
  String run(String line) throws Exception {
    out.reset();
    Object result = session.execute(line);
    return out.toString(UTF_8) + (result == null ? "" : result);
  }

  /** What has been written so far, while a command is still running. */
  String written() {
    return out.toString(UTF_8);
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
