package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** What {@code bin/slipway} makes of arguments, of its surroundings and of a host that is odd. */
public class LauncherIT {

  private static final long PATIENCE_SECONDS = 60;

  @ClassRule public static final UnpackedHost HOST = new UnpackedHost();

  @Before
  public void start() throws Exception {
    if (HOST.run("status").exit() != 0) {
      HOST.done("start");
    }
  }

  private static String acceptors() throws Exception {
    return HOST.done("acserv", "ps");
  }

  @Test
  public void aLineEndInAnArgumentRunsNothing() throws Exception {
    String before = acceptors();
    for (String end : List.of("\n", "\r\n'\n", "\"\t\n")) {
      String text = "rude" + end + "acserv state main STOP" + end + "#";
      assertEquals(1, HOST.run("users", "ban", "nobody", "1h", text).exit());
      assertEquals(1, HOST.run("libctl", "state", text, "LOCKED").exit());
    }
    assertEquals(before, acceptors());
  }

  @Test
  public void aCommandLineFailsIfOneOfItsCommandsDoes() throws Exception {
    UnpackedHost.Result result = HOST.run("help\nacserv state main LOUD\nacserv state main STOP");
    assertEquals(1, result.exit());
    assertTrue(result.err(), result.err().contains("LOUD"));
    assertTrue(acceptors(), acceptors().contains("START  main"));
  }

  @Test
  public void aQuotedTextInAScriptGoesOverLinesAndRunsNothing() throws Exception {
    String before = acceptors();
    Process console = HOST.command("console").redirectInput(ProcessBuilder.Redirect.PIPE).start();
    try (var in = console.getOutputStream()) {
      in.write("users ban nobody 1h 'rude\nacserv state main STOP\n#'\n".getBytes(UTF_8));
    }
    assertTrue(console.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, console.exitValue());
    assertEquals(before, acceptors());
  }

  @Test
  public void whatWouldHideInAnAnswerIsRefused() throws Exception {
    String before = acceptors();
    Process users =
        HOST.command("users", "add", "nul", "--password-stdin")
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (var in = users.getOutputStream()) {
      in.write("secret\0acserv state main STOP\0\n".getBytes(UTF_8));
    }
    assertTrue(users.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, users.exitValue());
    assertEquals(before, acceptors());
    assertTrue(Files.exists(HOST.home().resolve("var/run/ready")));
  }
}
