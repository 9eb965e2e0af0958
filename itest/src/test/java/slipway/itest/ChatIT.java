package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** The chat of the distribution, by plain sockets. */
public class ChatIT {

  private static final String FAST =
      "message.rate = 1000\nmessage.burst = 1000\naddress.tries = 1000\n"
          + "address.logins = 100000\n";

  @ClassRule public static final UnpackedHost HOST = new UnpackedHost();

  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeClass
  public static void start() throws Exception {
    Files.writeString(configuration(), FAST);
    HOST.done("start");
  }

  @AfterClass
  public static void noPasswordIsInAnyFileThatCanBeRead() throws Exception {
    HOST.done("stop");
    try (Stream<Path> files = Files.walk(HOST.home().resolve("var"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), "ISO-8859-1");
        assertFalse(file.toString(), text.contains("secret of "));
      }
    }
  }

  @After
  public void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    Files.writeString(configuration(), FAST);
  }

  private static Path configuration() {
    return HOST.home().resolve("conf/slipway.chat.cfg");
  }

  private ChatUser in(String name) throws Exception {
    ChatUser user = ChatUser.in(name, HOST.port());
    open.add(user);
    return user;
  }

  private Client client() throws IOException {
    Client client = Client.of("chat", HOST.port());
    open.add(client);
    return client;
  }

  private static ProcessHandle host() throws IOException {
    String pid = Files.readString(HOST.home().resolve("var/run/host.pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  @Test
  public void twoUsersTalkAndOneIsThereAfterARestart() throws Exception {
    ChatUser ann = in("ann");
    ChatUser bob = in("bob");
    ann.await("* bob has come in");
    ann.send("hello");
    bob.await("ann: hello");
    HOST.done("stop", "--timeout", "1s");
    HOST.done("start");
    ChatUser again = in("Bob");
    assertTrue(
        "" + again.lines(), again.lines().stream().anyMatch(l -> l.endsWith("] ann: hello")));
    again.await("* Welcome, bob. /help shows what you can type.");
  }

  @Test
  public void whatAnybodySawIsStoredAlsoWhenTheHostIsKilled() throws Exception {
    List<ChatUser> senders = new ArrayList<>();
    List<ChatUser> receivers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      senders.add(in("sender" + i));
      receivers.add(in("receiver" + i));
    }
    for (ChatUser sender : senders) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  for (int i = 0; i < 100_000 && !sender.isClosed(); i++) {
                    sender.send("m" + i);
                  }
                } catch (IOException killed) {
                  // as is meant
                }
              });
    }
    for (ChatUser receiver : receivers) {
      receiver.awaitHeard(400);
    }
    ProcessHandle host = host();
    host.destroyForcibly();
    host.onExit().get(60, TimeUnit.SECONDS);
    List<List<String>> seen = new ArrayList<>();
    for (ChatUser receiver : receivers) {
      receiver.awaitClosed();
      seen.add(receiver.heard());
    }
    HOST.done("start");
    List<String> history =
        in("reader").history().stream().filter(line -> line.startsWith("sender")).toList();
    for (List<String> lines : seen) {
      assertEquals(lines, history.subList(0, Math.min(lines.size(), history.size())));
    }
  }

  @Test
  public void hostileClientsDisturbNobody() throws Exception {
    ChatUser ann = in("ann1");
    ChatUser bob = in("bob1");
    Client endless = client();
    endless.send("x".repeat(3_000_000));
    Client huge = client();
    huge.send("huge secret of huge\n" + "x".repeat(1_000_000) + "\nafter it\n");
    bob.await("huge: after it");
    Client evil = client();
    evil.send("\u001b[2J\u0007 x\n");
    Client nul = client();
    nul.send("nul secret of nul\na\0b\u001b[31mc\u009bd\n\u00ff\n");
    bob.await("nul: abc");
    Socket binary = new Socket(InetAddress.getLoopbackAddress(), HOST.port());
    open.add(binary);
    binary
        .getOutputStream()
        .write("chat\nbinary secret of binary\n\u00c3(\u0080\u00fe\r\n".getBytes("ISO-8859-1"));
    bob.await(line -> line.startsWith("binary: \ufffd("));
    ann.send("still here");
    bob.await("ann1: still here");
    for (String line : bob.lines()) {
      assertTrue(line, line.chars().noneMatch(Character::isISOControl));
    }
  }

  @Test
  public void aReaderThatNeverReadsIsClosedAndTheOthersChatOn() throws Exception {
    ChatUser ann = in("ann2");
    ChatUser bob = in("bob2");
    Socket deaf = new Socket();
    open.add(deaf);
    deaf.setReceiveBufferSize(4096);
    deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), HOST.port()));
    deaf.getOutputStream().write("chat\ndeaf secret of deaf\n".getBytes("US-ASCII"));
    ann.await("* deaf has come in");
    String text = "x".repeat(2000);
    int sent = 0;
    while (bob.lines().stream().noneMatch("* deaf has left"::equals)) {
      assertTrue("it is never closed", sent < 20_000);
      for (int i = 0; i < 100; i++) {
        ann.send(text);
      }
      sent += 100;
      bob.awaitHeard(sent);
    }
    assertFalse(bob.isClosed());
    assertFalse(ann.isClosed());
  }

  @Test
  public void halfOpenLogInsAreManyAndLimitedByAddress() throws Exception {
    int many = 10_000;
    ChatUser ann = in("ann3");
    ChatUser bob = in("bob3");
    HostIT.eventually("the default limit holds", true, this::isRefused);
    closeSilent();
    Files.writeString(configuration(), FAST + "address.connections = 20000\n");
    HostIT.eventually("the limit is raised", false, this::isRefused);
    for (int i = 0; i < many; i++) {
      Client half = new Client(HOST.port());
      silent.add(half);
      half.send("chat\nhalf");
    }
    ann.send("hello");
    bob.await("ann3: hello");
    ChatUser carl = in("carl3");
    bob.await("* carl3 has come in");
    carl.send("hello too");
    ann.await("carl3: hello too");
    closeSilent();
  }

  /** The chat stops with its last client, and is started by the next. */
  @Test
  public void whoComesAloneAndGoesIsCountedLikeOthers() throws Exception {
    Files.writeString(configuration(), FAST.replace("logins = 100000", "logins = 2"));
    HostIT.eventually("the third is refused", true, ChatIT::isRefusedAlone);
    Files.writeString(configuration(), FAST);
    HostIT.eventually("the limit is raised", false, ChatIT::isRefusedAlone);
  }

  private static boolean isRefusedAlone() throws Exception {
    HostIT.eventually("the chat has stopped", true, ChatIT::isStopped);
    try (ChatUser alone = ChatUser.outside(HOST.port())) {
      alone.send("alone secret of alone");
      return alone
          .await(line -> line.startsWith("* in ") || line.startsWith("* too many log-ins came"))
          .startsWith("* too many");
    }
  }

  private static boolean isStopped() throws Exception {
    return HOST.done("libctl", "ps").lines().anyMatch(line -> line.matches("chat .*RESOLVED *"));
  }

  private final List<Client> silent = new ArrayList<>();

  /** Connects until it is refused, 120 times at most. */
  private boolean isRefused() throws IOException {
    closeSilent();
    for (int i = 0; i < 120; i++) {
      Client client = Client.of("chat", HOST.port());
      silent.add(client);
      if (client.line().equals("* there are too many connections from your address")) {
        return true;
      }
    }
    return false;
  }

  private void closeSilent() throws IOException {
    for (Client each : silent) {
      each.close();
    }
    silent.clear();
  }

  @Test
  public void operatorsAndTheConsoleEndSessions() throws Exception {
    ChatUser op = in("op4");
    HOST.done("users", "role", "op4", "operator");
    ChatUser bob = in("bob4");
    op.send("/kick bob4 enough");
    bob.await("* op4 ended your connection: enough");
    bob.awaitClosed();
    ChatUser again = in("bob4");
    HOST.done("users", "ban", "bob4", "1h", "noise");
    again.await(line -> line.startsWith("* you are banned until "));
    again.awaitClosed();
    ChatUser carl = in("carl4");
    HOST.done("users", "rm", "carl4");
    carl.await("* your account was removed");
    carl.awaitClosed();
    op.send("/who");
    op.await("* in lobby: op4");
  }

  @Test
  public void aConfigurationTakesEffectWhileUsersTalkAndAWrongOneDoesNot() throws Exception {
    ChatUser ann = in("ann5");
    ChatUser bob = in("bob5");
    for (int i = 0; i < 10; i++) {
      ann.send("m" + i);
    }
    bob.await("ann5: m9");
    Files.writeString(configuration(), FAST + "message.length = 3\nhistory.count = 5\n");
    HostIT.eventually(
        "the length",
        true,
        () -> {
          int known = ann.lines().size();
          ann.send("four");
          ann.send("/frobnicate");
          HostIT.eventually("an answer", true, () -> ann.lines().size() > known);
          return ann.lines().stream().anyMatch(line -> line.contains("at most 3 bytes"));
        });
    HostIT.eventually("the rest is removed", true, () -> bob.history().size() <= 6);
    Files.writeString(configuration(), "message.length = none\n");
    HostIT.eventually("refused", true, ChatIT::isRefusalLogged);
    ann.send("fours");
    ann.await(line -> line.endsWith("at most 3 bytes, this one has 5"));
  }

  private static boolean isRefusalLogged() throws IOException {
    try (Stream<Path> logs = Files.list(HOST.home().resolve("var/log"))) {
      for (Path log : logs.filter(Files::isRegularFile).toList()) {
        if (Files.readString(log).contains("message.length")) {
          return true;
        }
      }
    }
    return false;
  }
}
