package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a monitoring system reads of the host that ships. */
public class MetricsIT {

  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\w+) ");

  @Rule public final UnpackedHost host = new UnpackedHost();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private int port;

  @Before
  public void open() throws Exception {
    port = FreePort.next();
    host.configure(
        "slipway.acceptor-metrics.cfg",
        "port = " + port + "\nservice = metrics\naudience = operators\n");
    host.done("start");
  }

  /** The body of a page, by a connection that stays open. */
  private static String get(Client client, String path) throws IOException {
    client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertEquals("HTTP/1.1 200 OK\r", client.line());
    int length = -1;
    for (String line = client.line(); !line.equals("\r"); line = client.line()) {
      if (line.startsWith("content-length: ")) {
        length = Integer.parseInt(line.substring("content-length: ".length()).strip());
      }
    }
    return client.bytes(length);
  }

  private String scrape() throws IOException {
    try (Client client = new Client(port)) {
      return get(client, "/metrics");
    }
  }

  @Test
  public void figuresOfAllBundlesAreShown() throws Exception {
    try (Client echo = Client.of("echo", host.port())) {
      assertTrue(echo.answers("hello"));
      String text = scrape();
      for (String line :
          new String[] {
            "slipway_connections{acceptor=\"main\",service=\"echo\",version=\"0.1.0\"} 1.0\n",
            "slipway_connections_accepted_total{acceptor=\"main\"} 1.0\n",
            "slipway_received_bytes_total{acceptor=\"main\",service=\"echo\"} 11.0\n",
            "slipway_service_state{service=\"echo\",slipway_service_state=\"FIXED\"} 1\n",
            "slipway_acceptor_bound{acceptor=\"main\"} 1.0\n",
            "slipway_database_up 1.0\n",
            "slipway_logins_total{result=\"entered\"} 0.0\n",
            "slipway_buffer_reserved_bytes{memory=\"direct\"} ",
            "slipway_log_records_total{level=\"info\"} ",
            "slipway_build_info{java=\"",
            "jvm_threads_current ",
            "process_cpu_seconds_total "
          }) {
        assertTrue(line + " in " + text, text.contains(line));
      }
    }
  }

  @Test
  public void theReferenceNamesWhatIsShown() throws Exception {
    Path reference = Path.of(System.getProperty("slipway.project")).resolve("docs/reference.md");
    String known = Files.readString(reference);
    Set<String> shown =
        FAMILY
            .matcher(scrape())
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(shown.toString(), shown.contains("slipway_connections_accepted_total"));
    shown.removeIf(name -> known.contains("| `" + name + "` |"));
    assertEquals(Set.of(), shown);
  }

  @Test
  public void promtoolIsContent() throws Exception {
    Assume.assumeTrue("promtool is not installed", Files.isExecutable(PROMTOOL));
    Path text = folder.newFile().toPath();
    Files.writeString(text, scrape());
    Process promtool =
        new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
            .redirectInput(text.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes());
    assertTrue(promtool.waitFor(60, TimeUnit.SECONDS));
    assertEquals(said, 0, promtool.exitValue());
  }

  @Test
  public void aScrapesConnectionMovesToANewVersion() throws Exception {
    Path next = LaterBuild.of(host.shipped("metrics"), "9.0.0", folder.getRoot().toPath());
    try (Client client = new Client(port)) {
      assertTrue(get(client, "/metrics").contains("service=\"metrics\",version=\"0.1.0\"} 1.0"));
      host.done("libctl", "install", next.toString());
      assertTrue(get(client, "/metrics").contains("service=\"metrics\",version=\"9.0.0\"} 1.0"));
    }
    HostIT.eventually(
        "the version before leaves nothing",
        true,
        () -> host.done("libctl", "leaks").lines().count() == 1);
  }

  @Test
  public void usersDoNotReachIt() throws Exception {
    try (Client client = new Client(host.port())) {
      client.send("metrics\n");
      assertEquals("ERR unknown service: metrics", client.line());
    }
  }
}
