package slipway.shell.commands.host;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import slipway.command.Command;
import slipway.shell.commands.desk.TestDesk;
import slipway.testkit.ManualExecutor;
import slipway.testkit.MemoryAccounts;

/** A desk with the host's commands over a {@link FakeHost}. */
final class Shell implements AutoCloseable {

  final FakeHost host = new FakeHost();
  final FakeLog log = new FakeLog();
  final ManualExecutor accountCalls = new ManualExecutor();
  final MemoryAccounts accounts = new MemoryAccounts(accountCalls);
  final TestDesk desk = new TestDesk();
  final CommandSession session = desk.session();

  Shell() {
    List.of(
            new LibctlCommand(host, host, host),
            new AcservCommand(host),
            new StatisticsCommand(host),
            new ConnectionsCommand(host),
            new UsersCommand(accounts),
            new StartCommand(host),
            new StopCommand(host),
            new PauseCommand(host),
            new ResumeCommand(host),
            new ProblemsCommand(host),
            new LogsCommand(log),
            new WaitCommand(host, host),
            new ShutdownCommand(host, host),
            new ExitCommand(host))
        .forEach(desk::bring);
    desk.add("felix", "stop", (session, arguments) -> "felix stops " + arguments);
    desk.add("felix", "help", (session, arguments) -> "felix helps with " + arguments);
  }

  /** Puts a command in the place of one of the same name. */
  void bring(Command command) {
    desk.bring(command);
  }

  /** What a command line wrote. */
  String run(String line) throws Exception {
    return desk.run(line);
  }

  /** What has been written so far, while a command is still running. */
  String written() {
    return desk.written();
  }

  @Override
  public void close() {
    desk.close();
  }
}
