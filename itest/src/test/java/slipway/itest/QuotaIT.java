package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import slipway.itest.fixtures.Busy;

/**
 * A service that computes all the time, in the distribution's own process, beside one that does
 * not. Its limit is so low that it is over it on a machine that has other things to do as well.
 */
public class QuotaIT {

  private static final String LIMITED = "state = FIXED\nmax.cpu.share = 2\nshare.window = 10s\n";
  private static final String PERCENT = "\\d+ % of the processors";
  private static final String LIMIT = "more than max.cpu.share = 2 %";

  @Rule public final UnpackedHost host = new UnpackedHost();

  @Before
  public void start() throws Exception {
    host.configure("slipway.acceptor-main.cfg", "port = " + host.port() + "\nidle.timeout = 0\n");
    host.configure("slipway.service-busy.cfg", LIMITED);
    host.configure(
        "slipway.service-echo.cfg", "state = FIXED\nmax.cpu.share = 90\nshare.window = 10s\n");
    new ServiceJar("busy", Busy.class)
        .with("Bundle-Version", "1.0.0")
        .into(host.home().resolve("services"));
    host.done("start");
  }

  private static String ask(Client client, String word) throws Exception {
    client.send(word + "\n");
    return client.line();
  }

  /** What {@code libctl ps} says of a service. */
  private String seen(String service, String column) throws Exception {
    String json = host.done("libctl", "ps", "--json");
    for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
      JsonObject row = each.getAsJsonObject();
      if (row.get("name").getAsString().equals(service)) {
        return row.has(column) && !row.get(column).isJsonNull()
            ? row.get(column).getAsString()
            : "";
      }
    }
    throw new AssertionError(service + " is not in " + json);
  }

  private void eventually(String pattern) throws Exception {
    HostIT.eventually(pattern, true, () -> seen("busy", "reason").matches(pattern));
  }

  private void assertLoggedOnce(String pattern) throws Exception {
    Predicate<String> isIt = Pattern.compile(pattern).asPredicate();
    HostIT.eventually(
        pattern,
        1L,
        () ->
            Files.readAllLines(host.home().resolve("var/log/slipway.log")).stream()
                .filter(isIt)
                .count());
  }

  @Test
  public void aServiceThatUsesTooMuchIsToldOfUntilItsLimitIsTakenOff() throws Exception {
    try (Client busy = Client.of("busy", host.port());
        Client echo = Client.of("echo", host.port())) {
      assertEquals("done burn", ask(busy, "burn"));
      eventually("uses " + PERCENT + ", " + LIMIT);
      assertLoggedOnce("WARN.* busy uses " + PERCENT + ", " + LIMIT);
      assertEquals("FIXED", seen("busy", "state"));
      assertTrue(echo.answers("hello"));
      assertEquals("", seen("echo", "reason"));

      host.configure("slipway.service-busy.cfg", "state = FIXED\nmax.cpu.share = 101\n");
      String refusal = "max.cpu.share = 101: allowed is a whole number from 0 to 100";
      HostIT.eventually("refused", true, () -> host.run("status").out().contains(refusal));
      assertTrue(host.run("status").out().contains("slipway.service-busy.cfg"));
      assertTrue("the last limit goes on", seen("busy", "reason").endsWith(LIMIT));

      host.configure("slipway.service-busy.cfg", "state = FIXED\n");
      eventually("");
      assertEquals("done end", ask(busy, "end"));
    }
  }

  @Test
  public void aServiceThatUsesTooMuchIsDrainedAndLockedIfItIsToBe() throws Exception {
    try (Client echo = Client.of("echo", host.port())) {
      try (Client busy = Client.of("busy", host.port())) {
        assertEquals("done burn", ask(busy, "burn"));
        host.configure("slipway.service-busy.cfg", LIMITED + "over = lock\n");
        HostIT.eventually("it drains", "WAITLOCKED", () -> seen("busy", "state"));
        eventually("it used " + PERCENT + " for 10s, " + LIMIT);
        assertLoggedOnce("WARN.* busy is WAITLOCKED: it used " + PERCENT);
        try (Client another = new Client(host.port())) {
          another.send("busy\n");
          assertEquals("ERR busy is WAITLOCKED", another.line());
        }
        assertTrue(echo.answers("hello"));
        assertEquals("a client that is there stays", "done end", ask(busy, "end"));
      }
      HostIT.eventually("it is locked", "LOCKED", () -> seen("busy", "state"));
      eventually("it used " + PERCENT + " for 10s, " + LIMIT);
      assertTrue(
          Files.readString(host.home().resolve("conf/slipway.service-busy.cfg"))
              .contains("state = LOCKED\n"));
      host.done("libctl", "state", "busy", "FIXED");
      assertEquals("", seen("busy", "reason"));
      try (Client again = Client.of("busy", host.port())) {
        assertEquals("done end", ask(again, "end"));
      }
      assertTrue(echo.answers("still here"));
    }
  }
}
