package slipway.shell.commands.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import picocli.CommandLine;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandException;

class BundleDeskTest {

  private static final String MEMBERS =
      "slipway.service;name=members,"
          + "slipway.command;name=members;help=\"Lists the members.\";order:Long=7";
  private static final String TOOL = "slipway.command;name=tool;help=\"Helps.\"";

  @TempDir Path folder;

  private CommandFramework framework;
  private BundleDesk desk;

  @BeforeEach
  void open() throws Exception {
    framework = new CommandFramework(folder);
    desk = new BundleDesk(framework.context());
    desk.setServices(framework);
    desk.activate();
  }

  @AfterEach
  void close() throws Exception {
    desk.deactivate();
    framework.close();
  }

  /** Prints a word. */
  private record Says(String word) implements Command {
    @Override
    public Object grammar(Call call) {
      return new Saying(word, call);
    }
  }

  @CommandLine.Command
  private record Saying(String word, Call call) implements Runnable {
    @Override
    public void run() {
      call.out().print(word);
    }
  }

  private List<String> names() {
    return desk.commands().stream().map(command -> command.head().name()).toList();
  }

  private List<String> functions() throws Exception {
    return framework
        .context()
        .getServiceReferences(Function.class, "(osgi.command.scope=slipway)")
        .stream()
        .map(reference -> String.valueOf(reference.getProperty("osgi.command.function")))
        .toList();
  }

  private String run(String name) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    DeskCall call = new DeskCall(name, null, folder, InputStream.nullInputStream(), out);
    DeskCommand command = desk.find(name).orElseThrow();
    try (Taken taken = command.take(what -> {})) {
      CommandLines.run(command.head(), taken.command(), List.of(), call);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void start(Bundle bundle) {
    try {
      bundle.start();
    } catch (BundleException failed) {
      throw new IllegalStateException(failed);
    }
  }

  // ---- what there is -------------------------------------------------------------------------

  @Test
  void aCommandIsKnownOnceItsBundleIsResolvedAndUntilItGoes() throws Exception {
    framework.resolved("members", "1.0.0", MEMBERS);
    Bundle tool = framework.resolved("tool", "1.0.0", TOOL);
    assertThat(desk.commands())
        .extracting(DeskCommand::head)
        .containsExactly(
            new CommandHead("members", "Lists the members.", 7),
            new CommandHead("tool", "Helps.", 1000));
    assertThat(functions()).containsExactlyInAnyOrder("members", "tool");
    tool.uninstall();
    assertThat(names()).containsExactly("members");
    assertThat(functions()).containsExactly("members");
  }

  @Test
  void anUpdateThatBringsAnotherCommandTakesTheOldOneBack() throws Exception {
    Bundle tool = framework.resolved("tool", "1.0.0", TOOL);
    tool.update(CommandFramework.jar("tool", "1.1.0", "slipway.command;name=other;help=x"));
    tool.start();
    assertThat(names()).containsExactly("other");
    assertThat(functions()).containsExactly("other");
  }

  @Test
  void aNameThatIsNoWordIsLeftOut() throws Exception {
    framework.resolved("bad", "1.0.0", "slipway.command;name=\"a b\";help=x");
    assertThat(names()).isEmpty();
  }

  @Test
  void ofTwoBundlesWithoutACommonServiceTheFirstHasTheNameUntilItGoes() throws Exception {
    Bundle first = framework.resolved("first", "1.0.0", TOOL);
    Bundle second =
        framework.resolved("second", "1.0.0", "slipway.command;name=tool;help=\"Others.\"");
    start(first);
    start(second);
    CommandFramework.register(first, "tool", new Says("first"));
    CommandFramework.register(second, "tool", new Says("second"));
    assertThat(run("tool")).isEqualTo("first");
    first.uninstall();
    assertThat(run("tool")).isEqualTo("second");
    assertThat(functions()).containsExactly("tool");
  }

  // ---- calls ---------------------------------------------------------------------------------

  @Test
  void aCommandWithoutAServiceNeedsItsBundleToBeActive() throws Exception {
    Bundle tool = framework.resolved("tool", "1.0.0", TOOL);
    assertThatThrownBy(() -> run("tool"))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("tool: bundle " + tool.getBundleId() + ", which brings it,");
    tool.start();
    CommandFramework.register(tool, "tool", new Says("done"));
    assertThat(run("tool")).isEqualTo("done");
    assertThat(framework.leases).isEmpty();
  }

  @Test
  void aServiceIsStartedForItsCommandAndGivenBack() throws Exception {
    Bundle members = framework.resolved("members", "1.0.0", MEMBERS);
    framework.serving = members;
    framework.whenUsed =
        () -> {
          start(members);
          CommandFramework.register(members, "members", new Says("ann"));
        };
    assertThat(desk.find("members").orElseThrow().takeIfThere()).isEmpty();
    assertThat(run("members")).isEqualTo("ann");
    assertThat(framework.leases).containsExactly("open members", "close members");
    assertThat(desk.find("members").orElseThrow().takeIfThere()).isPresent();
  }

  @Test
  void theVersionThatServesAnswers() throws Exception {
    Bundle old = framework.resolved("members", "1.0.0", MEMBERS);
    Bundle next = framework.resolved("members", "1.1.0", MEMBERS.replace("Lists", "Shows"));
    for (Bundle version : List.of(old, next)) {
      start(version);
      String word = version.getVersion().toString();
      CommandFramework.register(version, "members", new Says(word));
    }
    framework.serving = old;
    assertThat(run("members")).isEqualTo("1.0.0");
    framework.serving = next;
    assertThat(run("members")).isEqualTo("1.1.0");
    assertThat(desk.find("members").map(command -> command.head().help()))
        .as("the newest help")
        .isEqualTo(Optional.of("Shows the members."));
    assertThat(functions()).containsExactly("members");
    next.uninstall();
    framework.serving = old;
    assertThat(run("members")).isEqualTo("1.0.0");
  }

  @Test
  void aServiceThatIsNotToBeHadIsSaidWithTheCommand() throws Exception {
    framework.resolved("members", "1.0.0", MEMBERS);
    assertThatThrownBy(() -> run("members"))
        .isInstanceOf(CommandException.class)
        .hasMessage("members: members is LOCKED; libctl ps says more");
    desk.unsetServices(framework);
    assertThatThrownBy(() -> run("members"))
        .hasMessage(
            "members: nothing manages the host's services now: the host is starting or stopping");
  }

  @Test
  void aVersionThatDoesNotBringTheCommandIsGivenBack() throws Exception {
    framework.resolved("members", "1.0.0", MEMBERS);
    framework.serving = framework.resolved("members", "1.1.0", "slipway.service;name=members");
    assertThatThrownBy(() -> run("members"))
        .hasMessage("members: the version of members that serves does not bring this command");
    assertThat(framework.leases).containsExactly("open members", "close members");
  }

  @Test
  void aCommandThatComesAMomentAfterItsServiceIsWaitedFor() throws Exception {
    Bundle members = framework.resolved("members", "1.0.0", MEMBERS);
    start(members);
    framework.serving = members;
    Thread caller = Thread.currentThread();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (caller.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
              }
              CommandFramework.register(members, "members", new Says("ann"));
            });
    assertThat(run("members")).isEqualTo("ann");
    assertThat(framework.leases).containsExactly("open members", "close members");
  }

  @Test
  void aCommandThatItsVersionCannotMakeIsSaidAndTheVersionGivenBack() throws Exception {
    desk.deactivate();
    desk = new BundleDesk(framework.context(), Duration.ofMillis(1));
    desk.setServices(framework);
    desk.activate();
    framework.serving = framework.resolved("members", "1.0.0", MEMBERS);
    assertThatThrownBy(() -> run("members"))
        .hasMessage(
            "members: the version of members that serves cannot make this command; see the log");
    assertThat(framework.leases).containsExactly("open members", "close members");
  }

  @Test
  void aCommandIsInterruptedWhenItsVersionHasToStopAndNothingIsLeftOfThat() throws Exception {
    Bundle members = framework.resolved("members", "1.0.0", MEMBERS);
    start(members);
    CommandFramework.register(members, "members", call -> new Waiting(framework));
    framework.serving = members;
    assertThatThrownBy(() -> run("members")).isInstanceOf(InterruptedException.class);
    framework.leave.run();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(framework.leases).containsExactly("open members", "close members");
  }

  /** Waits for ever, and has its version told to stop. */
  @CommandLine.Command
  private record Waiting(CommandFramework framework) implements Callable<Void> {
    @Override
    public Void call() throws Exception {
      framework.leave.run();
      new CountDownLatch(1).await();
      return null;
    }
  }

  @Test
  void nothingIsLeftInTheShellWhenTheDeskCloses() throws Exception {
    framework.resolved("tool", "1.0.0", TOOL);
    desk.deactivate();
    Collection<?> left = functions();
    assertThat(left).isEmpty();
  }
}
