package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.Assert.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.service.cm.ConfigurationAdmin;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.config.ConfigurationStore;

/**
 * Edits of acceptors in the three ways at once, at random distances: in Config Admin, in the file,
 * and by a command. An edit of one configuration begins when the one before has been made, so that
 * there is a last one; whether the host has followed that one by then is left to chance.
 */
public class EditsIT extends HostIT {

  private static final String PID = "slipway.acceptor";
  private static final int EDITS = 40;
  private static final long PATIENCE_SECONDS = 120;

  /** Those of a run that failed are tried again with {@code -Dslipway.seed=SEED}. */
  private final long seed = Long.getLong("slipway.seed", System.nanoTime());

  @Rule public final TemporaryFolder drafts = new TemporaryFolder();

  @Inject private ConfigurationAdmin admin;
  @Inject private ConfigurationStore store;
  @Inject private CommandProcessor gogo;

  /** Whoever edits. */
  private interface Way {
    void edit(Edited edited, int count, Random random) throws Exception;
  }

  /** An acceptor that is edited, with what was said last in whichever way. */
  private final class Edited {
    final String name;
    final List<Integer> ports = new ArrayList<>();
    final Lock turn = new ReentrantLock();
    final Map<String, String> said =
        new TreeMap<>(Map.of("ip", "127.0.0.1", "state", AcceptorState.START.name()));

    Edited(String name, int first) throws IOException {
      this.name = name.isEmpty() ? Integer.toString(first) : name;
      Collections.addAll(ports, first, FreePort.next(), FreePort.next());
      said.put("port", Integer.toString(first));
    }

    int port() {
      return Integer.parseInt(said.get("port"));
    }

    Path file() {
      return conf().resolve(PID + "-" + name + ".cfg");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Edited> all = new ArrayList<>();

  private Path conf() {
    return Path.of(context.getProperty("slipway.home"), "conf");
  }

  @After
  public void takeAway() throws Exception {
    for (Edited edited : all) {
      Files.deleteIfExists(edited.file());
      eventually("gone", "none", () -> acceptor(edited.name).reason());
    }
  }

  @Test
  public void theLastEditOfEachKeyCountsInWhicheverWayItWasMade() throws Exception {
    for (String name : List.of("by-file", "by-api", "")) {
      all.add(new Edited(name, FreePort.next()));
    }
    write(all.get(0), false);
    update(all.get(1));
    run("acserv state " + all.get(2) + " START");
    for (Edited edited : all) {
      eventually("bound", edited.port(), () -> acceptor(edited.name).port());
    }
    try {
      editAll(List.of(this::inAdmin, this::inFile, this::byCommand));
      for (Edited edited : all) {
        assertAgreement(edited);
      }
      looks();
      for (Edited edited : all) {
        assertAgreement(edited);
      }
      assertEquals(List.of(), store.refusals());
    } catch (Exception | AssertionError failure) {
      // Pax Exam shows the innermost cause alone
      AssertionError told = new AssertionError("with -Dslipway.seed=" + seed + ": " + failure);
      told.setStackTrace(failure.getStackTrace());
      throw told;
    }
  }

  private void editAll(List<Way> ways) throws Exception {
    CyclicBarrier begin = new CyclicBarrier(ways.size());
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Void>> done = new ArrayList<>();
      for (Way way : ways) {
        Random random = new Random(seed * 31 + done.size());
        Callable<Void> edits =
            () -> {
              begin.await();
              for (int count = 0; count < EDITS; count++) {
                way.edit(all.get(random.nextInt(all.size())), count, random);
                pause(random.nextBoolean() ? 0 : random.nextInt(3_000_000));
              }
              return null;
            };
        done.add(threads.submit(edits));
      }
      for (Future<Void> way : done) {
        way.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** The distance to the next edit; nothing is expected of it. */
  private static void pause(long nanos) {
    for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
      Thread.onSpinWait();
    }
  }

  private void inAdmin(Edited edited, int count, Random random) throws Exception {
    edited.turn.lock();
    try {
      int port = edited.ports.get(random.nextInt(edited.ports.size()));
      edited.said.put("port", Integer.toString(port));
      edited.said.put("dispatch.timeout", 5_000 + count + "ms");
      update(edited);
    } finally {
      edited.turn.unlock();
    }
  }

  private void update(Edited edited) throws IOException {
    admin
        .getFactoryConfiguration(PID, edited.name, "?")
        .update(new Hashtable<String, Object>(edited.said));
  }

  private void inFile(Edited edited, int count, Random random) throws Exception {
    edited.turn.lock();
    try {
      edited.said.put("service", "named-" + count); // there need not be one
      edited.said.put("max.connections", Integer.toString(100 + count));
      write(edited, random.nextBoolean());
    } finally {
      edited.turn.unlock();
    }
  }

  /**
   * Writes the file in its place, or a new one over it. The host looks at the file right before it
   * moves its own text there, and Java cannot do both in one step; an edit that came between is
   * made again, as the design says that it is lost. The file stays open meanwhile, as the disk
   * gives a new file the number of one that is gone.
   */
  private void write(Edited edited, boolean replaced) throws IOException {
    String text =
        edited.said.entrySet().stream()
            .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
            .collect(Collectors.joining());
    awaitStep();
    boolean there;
    do {
      Path file = edited.file();
      Path written = replaced ? drafts.getRoot().toPath().resolve(edited.name) : file;
      Object before = Files.exists(written) ? key(written) : null;
      try (FileChannel open = FileChannel.open(written, WRITE, CREATE)) {
        Object mine = key(written);
        open.truncate(0);
        open.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        if (replaced) {
          Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
        there =
            (before == null || before.equals(mine))
                && mine.equals(key(file))
                && !isBeingReplaced(edited);
      }
    } while (!there);
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Whether the host has written a text that it is about to move over the file. */
  private boolean isBeingReplaced(Edited edited) throws IOException {
    try (Stream<Path> files = Files.list(conf())) {
      return files.anyMatch(
          file -> file.getFileName().toString().startsWith("." + edited.file().getFileName()));
    }
  }

  /** An edit of the file is to be later than those before it by the clock of the disk, too. */
  private void awaitStep() throws IOException {
    Instant now = Instant.now();
    Path probe = drafts.getRoot().toPath().resolve("probe");
    FileTime step;
    do {
      Files.writeString(probe, "");
      step = (FileTime) Files.getAttribute(probe, "unix:ctime");
    } while (!step.toInstant().isAfter(now));
  }

  /** A command changes its own key alone, so others may edit while it waits for the acceptor. */
  private void byCommand(Edited edited, int count, Random random) throws Exception {
    AcceptorState state = random.nextBoolean() ? AcceptorState.START : AcceptorState.STOP;
    edited.turn.lock();
    try {
      edited.said.put("state", state.name());
    } finally {
      edited.turn.unlock();
    }
    run("acserv state " + edited + " " + state);
  }

  private void run(String line) throws Exception {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    try (CommandSession session =
        gogo.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
      session.put("SCOPE", "slipway:felix:gogo:*");
      session.execute(line);
    }
  }

  // ---- what is there in the end ----------------------------------------------------------------

  private void assertAgreement(Edited edited) throws Exception {
    eventually("in the file", edited.said, () -> values(edited.file()));
    eventually("in Config Admin", edited.said, () -> values(edited));
    eventually("the acceptor", expected(edited), () -> described(acceptor(edited.name)));
    eventually("open ports", List.of(edited.port()), () -> open(edited.ports));
    if (edited.said.get("state").equals("START")) {
      assertServes(edited);
    }
  }

  private static Map<String, String> values(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.contains("="))
        .map(line -> line.split(" *= *"))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
  }

  private Map<String, String> values(Edited edited) throws IOException {
    Dictionary<String, Object> held =
        admin.getFactoryConfiguration(PID, edited.name, "?").getProperties();
    return held == null
        ? Map.of()
        : Collections.list(held.keys()).stream()
            .filter(key -> !key.equals("service.pid") && !key.equals("service.factoryPid"))
            .collect(
                Collectors.toMap(
                    key -> key, key -> (String) held.get(key), (a, b) -> b, TreeMap::new));
  }

  private static List<Object> expected(Edited edited) {
    return List.of(
        edited.port(), edited.said.get("state"), edited.said.getOrDefault("service", ""), true, "");
  }

  private static List<Object> described(AcceptorStatus acceptor) {
    return List.of(
        acceptor.port(),
        String.valueOf(acceptor.state()),
        acceptor.service(),
        acceptor.bound(),
        acceptor.reason());
  }

  private static List<Integer> open(List<Integer> ports) {
    return ports.stream().filter(EditsIT::isOpen).toList();
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static void assertServes(Edited edited) throws IOException {
    String service = edited.said.get("service");
    try (Client client = new Client(edited.port())) {
      client.send(service == null ? "echo\n" : "hello\n");
      assertEquals(service == null ? "echo" : "ERR unknown service: " + service, client.line());
    }
  }

  /** Waits until all that happened until now has been told, by Config Admin and by the watcher. */
  private void looks() throws Exception {
    Path marker = conf().resolve(PID + "-marker.cfg");
    Files.writeString(marker, "port = 0\n");
    eventually("seen", true, () -> acceptor("marker").bound());
    admin.getFactoryConfiguration(PID, "marker", "?").delete();
    eventually("removed", false, () -> Files.exists(marker));
    eventually("gone", "none", () -> acceptor("marker").reason());
  }
}
