package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import slipway.itest.UnpackedHost.Result;

/** Services of others, and new versions of them, in the middle of what their clients say. */
public class CodecsIT {

  private static final int SWAPS = 5;
  private static final long DUMP_SECONDS = 40;
  private static final long PATIENCE_SECONDS = 60;
  private static final int TALKERS = 4;

  @Rule public final UnpackedHost host = new UnpackedHost();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Says something and looks at the answer, each time it is called. */
  private interface Talk {
    void once(Client client, int round) throws IOException;
  }

  private static Path example(String name) {
    return Path.of(System.getProperty("slipway.project"))
        .resolve("examples/" + name + "/target/slipway.examples." + name + "-0.1.0.jar");
  }

  private List<Path> versions(String name) throws IOException {
    List<Path> versions = new ArrayList<>();
    for (int number = 1; number <= SWAPS; number++) {
      versions.add(LaterBuild.of(example(name), "9." + number + ".0", folder.getRoot().toPath()));
    }
    return versions;
  }

  /** In pieces, so that a new version may take over in the middle. */
  private static void send(Client client, String message, int round) throws IOException {
    int first = 1 + round % (message.length() - 1);
    client.send(message.substring(0, first));
    client.send(message.substring(first));
  }

  // ---- what ships ------------------------------------------------------------------------------

  @Test
  public void librariesAreInstalledOnceAServiceNeedsOne() throws Exception {
    try (Stream<Path> jars = Files.list(host.home().resolve("library"))) {
      assertEquals(
          "[codec-compression, codec-dns, codec-haproxy, codec-http, codec-http2, codec-mqtt,"
              + " codec-redis, codec-smtp, codec-stomp, handler, jsr305, prometheus-metrics-config,"
              + " prometheus-metrics-exposition-textformats, prometheus-metrics-model]",
          jars.map(jar -> jar.getFileName().toString().replaceAll("netty-|-[0-9][.0-9].*", ""))
              .collect(Collectors.toCollection(TreeSet::new))
              .toString());
    }
    Files.delete(host.shipped("metrics")); // which needs some of them
    host.done("start");
    assertEquals("", states("io.netty.codec-redis"));
    host.done("libctl", "install", example("redis").toString());
    assertEquals("Resolved", states("io.netty.codec-redis"));
    assertEquals("Installed", states("io.netty.codec-mqtt"));
    assertEquals("Active", states("io.netty.codec-base"));
  }

  @Test
  public void aServiceThatNeedsOneIsThereAfterAStartAndIsPlannedWithIt() throws Exception {
    host.done("start");
    host.done("libctl", "plan", example("websocket").toString());
    host.done("stop");
    Files.copy(example("redis"), host.home().resolve("services/redis.jar"));
    Files.writeString(host.home().resolve("conf/slipway.service-redis.cfg"), "state = FIXED\n");
    host.done("start");
    try (Client client = Client.of("redis", host.port())) {
      client.send("PING\r\n");
      assertEquals("+PONG\r", client.line());
    }
  }

  /** How the framework calls the state of a bundle; empty if it is not there. */
  private String states(String bundle) throws Exception {
    return host.done("felix:lb", "-s")
        .lines()
        .filter(line -> line.contains("|" + bundle + " "))
        .map(line -> line.split("[|]")[1].strip())
        .collect(Collectors.joining(", "));
  }

  // ---- new versions ----------------------------------------------------------------------------

  /** New versions while some talk, and one is always in the middle of a message. */
  private void swap(String service, Talk talk, String message, String answer) throws Exception {
    Files.writeString(
        host.home().resolve("conf/slipway.service-" + service + ".cfg"),
        "state = FIXED\nhandoff.timeout = 2s\n"); // a stream's request is waited for that long
    Files.copy(example(service), host.home().resolve("services/" + service + ".jar"));
    host.done("start");
    List<Thread> talkers = new ArrayList<>();
    try (Client slow = Client.of(service, host.port())) {
      for (int number = 0; number < TALKERS; number++) {
        talkers.add(Thread.ofVirtual().start(() -> talk(service, talk)));
      }
      int cut = 1;
      for (Path version : versions(service)) {
        slow.send(message.substring(0, cut));
        host.done("libctl", "install", version.toString());
        slow.send(message.substring(cut));
        assertEquals(answer, slow.bytes(answer.length()));
        cut += (message.length() - 1) / SWAPS;
      }
    } finally {
      done.set(true);
      for (Thread talker : talkers) {
        talker.join();
      }
    }
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
    assertNothingIsHeld();
    assertTrue(host.done("libctl", "ps").contains("9." + SWAPS + ".0"));
  }

  /** Versions that are gone leave the memory; what is held for long is dumped. */
  private void assertNothingIsHeld() throws Exception {
    Path dump = Path.of("target", "held-" + System.nanoTime() + ".hprof").toAbsolutePath();
    long begun = System.nanoTime();
    Result leaks = host.run("libctl", "leaks");
    while (leaks.exit() != 0) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      if (seconds > DUMP_SECONDS && !Files.exists(dump)) {
        String pid = Files.readString(host.home().resolve("var/run/host.pid")).strip();
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, pid, "GC.heap_dump", dump.toString()).start().waitFor();
      }
      assertTrue(leaks.out() + "see " + dump, seconds < PATIENCE_SECONDS);
      leaks = host.run("libctl", "leaks");
    }
  }

  private void talk(String service, Talk talk) {
    try (Client client = Client.of(service, host.port())) {
      for (int round = 0; !done.get(); round++) {
        talk.once(client, round);
      }
    } catch (Throwable failed) {
      failure.compareAndSet(null, failed);
    }
  }

  @Test
  public void redisCommandsGoOnInTheMiddleAndAllVersionsHaveTheSameKeys() throws Exception {
    swap(
        "redis",
        (client, round) -> {
          String key = "k" + Thread.currentThread().threadId();
          String incr = "*2\r\n$4\r\nINCR\r\n$" + key.length() + "\r\n" + key + "\r\n";
          send(client, incr, round);
          assertEquals(":" + (round + 1) + "\r", client.line());
        },
        "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nvalue\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n",
        "+OK\r\n$5\r\nvalue\r\n");
  }

  @Test
  public void uploadsGoOnInTheMiddle() throws Exception {
    String digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    String upload =
        "PUT /digest HTTP/1.1\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "2\r\n"
            + "he\r\n"
            + "3\r\n"
            + "llo\r\n"
            + "0\r\n\r\n";
    String answer =
        "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 67\r\n\r\n"
            + digest
            + " 5\n";
    swap(
        "websocket",
        (client, round) -> {
          send(client, upload, round);
          assertEquals(answer, client.bytes(answer.length()));
        },
        upload,
        answer);
  }

  @Test
  public void aConnectionToAnotherServerGoesToTheNewVersionToo() throws Exception {
    Files.writeString(
        host.home().resolve("conf/slipway.relay.cfg"), "port = " + host.port() + "\n");
    Files.writeString( // the slow one is in the middle of the name of a service, for a whole swap
        host.home().resolve("conf/slipway.acceptor-main.cfg"),
        "port = " + host.port() + "\ndispatch.timeout = 1m\n");
    swap(
        "relay",
        (client, round) -> {
          String line = (round == 0 ? "echo" : "line " + round) + "\n";
          send(client, line, round);
          assertEquals(line, client.line() + "\n");
        },
        "echo\n",
        "echo\n");
  }

  @Test
  public void streamsGoOnBetweenTwoRequestsWithWhatTheyKnow() throws Exception {
    swap(
        "sums",
        (client, round) -> {
          send(client, "1\n", round);
          assertEquals(Integer.toString(round + 1), client.line());
        },
        "7\n-7\n",
        "7\n0\n");
  }
}
