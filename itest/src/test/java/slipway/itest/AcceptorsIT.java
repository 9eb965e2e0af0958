package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.admin.AdminException;
import slipway.admin.RefusedFile;

/** Acceptors through Config Admin, through their files, and through the administration. */
public class AcceptorsIT extends HostIT {

  @Inject private ConfigurationAdmin configurations;

  private Path file(String name) {
    return Path.of(
        context.getProperty("slipway.home"), "conf", "slipway.acceptor-" + name + ".cfg");
  }

  private static Dictionary<String, Object> properties(String... keysAndValues) {
    Dictionary<String, Object> properties = new Hashtable<>();
    for (int index = 0; index < keysAndValues.length; index += 2) {
      properties.put(keysAndValues[index], keysAndValues[index + 1]);
    }
    return properties;
  }

  @After
  public void onlyMainAndAdminAreLeft() throws Exception {
    Files.writeString(file("main"), "port = 0\n");
    for (AcceptorStatus acceptor : acceptors.acceptors()) {
      if (!List.of("main", "admin").contains(acceptor.name())) {
        Files.deleteIfExists(file(acceptor.name()));
      }
    }
    eventually("two are left", 2, () -> acceptors.acceptors().size());
    eventually("main is bound", true, () -> acceptor("main").bound());
  }

  private boolean isServed(int port) {
    try (Client client = Client.of("echo", port)) {
      return client.answers("hello");
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  public void aConfigurationOpensMovesAndClosesAPort() throws Exception {
    Configuration configuration =
        configurations.getFactoryConfiguration("slipway.acceptor", "edited", "?");
    configuration.update(properties("port", "0"));
    eventually("bound", true, () -> acceptor("edited").bound());
    int first = acceptor("edited").port();
    try (Client user = Client.of("echo", first)) {
      int second = FreePort.next();
      configuration.update(properties("port", Integer.toString(second)));
      eventually("moved", second, () -> acceptor("edited").port());
      assertTrue(isServed(second));
      assertTrue("open connections are kept", user.answers("still here"));
      eventually("the old port is let go", false, () -> isServed(first));
      eventually("written back", true, () -> Files.exists(file("edited")));
      configuration.delete();
      eventually("closed", "none", () -> acceptor("edited").reason());
      assertTrue("open connections are kept", user.answers("still here"));
      eventually("its file is gone", false, () -> Files.exists(file("edited")));
    }
  }

  @Test
  public void aWrongEditThroughConfigAdminIsTakenBack() throws Exception {
    Configuration configuration =
        configurations.getFactoryConfiguration("slipway.acceptor", "main", "?");
    int port = port();
    configuration.update(properties("port", "70000"));
    eventually("taken back", "0", () -> "" + configuration.getProperties().get("port"));
    assertEquals(port, port());
    assertTrue(isServed(port));
  }

  @Test
  public void filesAreCreatedEditedRenamedAndDeleted() throws Exception {
    int port = FreePort.next();
    Files.writeString(file("one"), "port = " + port + "\nservice = echo\n");
    eventually("created", true, () -> acceptor("one").bound());
    try (Client user = new Client(port)) {
      assertTrue("the service is fixed", user.answers("no name first"));
      Files.writeString(file("one"), "port = " + port + "\nservice = echo\nstate = STOP\n");
      eventually("edited", AcceptorState.STOP, () -> acceptor("one").state());
      Files.move(file("one"), file("two"));
      eventually("renamed", "echo", () -> acceptor("two").service());
      eventually("renamed", "none", () -> acceptor("one").reason());
      assertTrue("open connections are kept", user.answers("still here"));
      Files.delete(file("two"));
      eventually("deleted", "none", () -> acceptor("two").reason());
      assertTrue("open connections are kept", user.answers("still here"));
    }
  }

  @Test
  public void whoWaitsIsServedThoughTheBacklogChangesMeanwhile() throws Exception {
    int port = FreePort.next();
    Path socket = Path.of(context.getProperty("slipway.home"), "var", "run", "waits.sock");
    for (String address : List.of("port = " + port, "ip = unix:var/run/waits.sock")) {
      String settings = address + "\nservice = echo\nbacklog = ";
      Files.writeString(file("one"), settings + "5\nstate = STOP\n");
      eventually("bound", true, () -> acceptor("one").bound());
      try (SocketChannel waiting =
          SocketChannel.open(
              address.startsWith("port")
                  ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                  : UnixDomainSocketAddress.of(socket))) {
        Files.writeString(file("one"), settings + "6\nstate = START\n");
        waiting.write(ByteBuffer.wrap("at last\n".getBytes(UTF_8)));
        byte[] answer = Channels.newInputStream(waiting).readNBytes("at last\n".length());
        assertEquals("at last\n", new String(answer, UTF_8));
      }
      Files.delete(file("one"));
      eventually("closed", "none", () -> acceptor("one").reason());
    }
  }

  @Test
  public void aWrongFileIsRefusedWholeAndTheLastGoodOneGoesOn() throws Exception {
    int port = FreePort.next();
    Files.writeString(file("good"), "port = " + port + "\n");
    eventually("created", true, () -> acceptor("good").bound());
    for (String wrong :
        List.of(
            "port = 70000\n",
            "port = abc\n",
            "port = 0\nstate = SLEEP\n",
            "port = 0\nip = nowhere\n",
            "port = 0\nidle.timeout = 60\n",
            "",
            "\0\1\2\3\n",
            "# " + "x".repeat(10_000_000))) {
      Files.writeString(file("good"), wrong);
      Files.writeString(file("marker"), "port = 0\n");
      eventually("the watcher has passed", true, () -> acceptor("marker").bound());
      Files.delete(file("marker"));
      eventually("the watcher has passed", "none", () -> acceptor("marker").reason());
      assertEquals(port, acceptor("good").port());
      assertTrue(isServed(port));
    }
    Files.writeString(file("good"), "port = " + port + "\nstate = STOP\n");
    eventually("mended", AcceptorState.STOP, () -> acceptor("good").state());
  }

  @Test
  public void aRefusedFileIsShownUntilItIsMended() throws Exception {
    int port = FreePort.next();
    Files.writeString(file("good"), "port = " + port + "\n");
    eventually("created", true, () -> acceptor("good").bound());
    Files.writeString(file("good"), "prot = " + port + "\n");
    Files.writeString(file("new"), "port = 70000\n");
    String slip = "key prot is unknown: allowed is port";
    String range = "port = 70000: allowed is a whole number from 0 to 65535";
    eventually(
        "refused",
        List.of(
            new RefusedFile("slipway.acceptor-good.cfg", List.of("good"), slip),
            new RefusedFile("slipway.acceptor-new.cfg", List.of(), range)),
        () -> acceptors.refusedFiles());
    assertEquals("conf/slipway.acceptor-good.cfg is refused: " + slip, acceptor("good").reason());
    assertEquals(
        List.of(
            "conf/slipway.acceptor-good.cfg: " + slip, "conf/slipway.acceptor-new.cfg: " + range),
        host.problems());
    Files.delete(file("new"));
    Files.writeString(file("good"), "port = " + port + "\nstate = STOP\n");
    eventually("mended", "", () -> acceptor("good").reason());
    eventually("gone", List.of(), () -> host.problems());
    assertEquals(List.of(), acceptors.refusedFiles());
  }

  @Test
  public void twoAcceptorsOnOneAddressAreRefused() throws Exception {
    int port = FreePort.next();
    Files.writeString(file("first"), "port = " + port + "\n");
    eventually("bound", true, () -> acceptor("first").bound());
    Files.writeString(file("second"), "ip = 0.0.0.0\nport = " + port + "\n");
    Files.writeString(file("marker"), "port = 0\n");
    eventually("the watcher has passed", true, () -> acceptor("marker").bound());
    assertEquals("none", acceptor("second").reason());
    Files.delete(file("first"));
    eventually("its turn", true, () -> acceptor("second").bound());
  }

  @Test
  public void startStopAndCloseDoAsTheyAlwaysDid() throws Exception {
    int port = FreePort.next();
    acceptors.setState(Integer.toString(port), AcceptorState.START);
    String file = Files.readString(file(Integer.toString(port)));
    assertTrue(file, file.contains("port = " + port + "\n") && file.contains("state = START\n"));
    try (Client user = Client.of("echo", port)) {
      acceptors.setState(Integer.toString(port), AcceptorState.STOP);
      try (Client waiting = new Client(port)) {
        waiting.send("echo\nhello\n");
        assertTrue("open connections are kept", user.answers("still here"));
        acceptors.setState(Integer.toString(port), AcceptorState.START);
        assertEquals("served after START", "echo", waiting.line());
      }
      acceptors.setState(Integer.toString(port), AcceptorState.CLOSE);
      assertEquals("none", acceptor(Integer.toString(port)).reason());
      assertTrue(!Files.exists(file(Integer.toString(port))));
      assertTrue(!isServed(port));
      assertTrue("open connections are kept", user.answers("still here"));
    }
    assertThrows(
        AdminException.class,
        () -> acceptors.setState(Integer.toString(port), AcceptorState.CLOSE));
    assertThrows(AdminException.class, () -> acceptors.setState("70000", AcceptorState.START));
    assertThrows(AdminException.class, () -> acceptors.setState("admin", AcceptorState.STOP));
    assertThrows(AdminException.class, () -> acceptors.setState("admin", AcceptorState.CLOSE));
  }

  @Test
  public void aPausedAcceptorKeepsItsConnectionsAndServesWhoWaitsAfterResume() throws Exception {
    String port = Integer.toString(port());
    try (Client user = Client.of("echo", port())) {
      assertEquals(AcceptorState.STOP, acceptors.pause(Optional.of(port)).get(0).state());
      try (Client waiting = new Client(Integer.parseInt(port))) {
        waiting.send("echo\nhello\n");
        assertTrue("open connections are kept", user.answers("still here"));
        assertEquals(AcceptorState.START, acceptors.resume(Optional.of("main")).get(0).state());
        assertEquals("served after resume", "echo", waiting.line());
      }
    }
    assertEquals(1, acceptors.pause(Optional.empty()).size());
    assertEquals(AcceptorState.STOP, acceptor("main").state());
    assertEquals("admin is never paused", AcceptorState.START, acceptor("admin").state());
    acceptors.resume(Optional.empty());
    int unused = FreePort.next();
    AdminException none =
        assertThrows(
            AdminException.class, () -> acceptors.pause(Optional.of(Integer.toString(unused))));
    assertTrue(none.getMessage(), none.getMessage().contains("no acceptor has the port or name"));
    assertTrue("none was made", !Files.exists(file(Integer.toString(unused))));
    assertThrows(AdminException.class, () -> acceptors.pause(Optional.of("admin")));
  }

  /** The command may come before the host has seen that the file is gone, or after. */
  @Test
  public void anAcceptorWhoseFileWasJustDeletedIsNotMadeAgain() throws Exception {
    for (int round = 0; round < 3; round++) {
      int port = FreePort.next();
      String target = round == 1 ? Integer.toString(port) : "brief";
      Files.writeString(file("brief"), "port = " + port + "\n");
      eventually("bound", true, () -> acceptor("brief").bound());
      Files.delete(file("brief"));
      AdminException none =
          assertThrows(AdminException.class, () -> acceptors.pause(Optional.of(target)));
      assertTrue(none.getMessage(), none.getMessage().contains("no acceptor has the port or name"));
      assertTrue("none was made", !Files.exists(file("brief")));
      assertEquals("none", acceptor("brief").reason());
    }
  }

  @Test
  public void aPortThatIsTakenIsToldAndBoundOnceItIsFree() throws Exception {
    AdminException taken;
    String port;
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = Integer.toString(other.getLocalPort());
      taken =
          assertThrows(AdminException.class, () -> acceptors.setState(port, AcceptorState.START));
    }
    assertTrue(taken.getMessage(), taken.getMessage().contains("Address already in use"));
    eventually("bound", true, () -> acceptor(port).bound());
  }

  @Test
  public void theSeedsIniFileIsUnderstood() throws Exception {
    Path ini = file("x").resolveSibling("conf.ini");
    Files.deleteIfExists(ini.resolveSibling("slipway.service-rand.cfg"));
    int port = FreePort.next();
    Files.writeString(
        ini,
        """
        [main]                                      # the first block
        accept_servers = from_ini                   # what listens
        startup = ./Services/rand.dll               # what is FIXED

        [from_ini]
        port = %d                                   # where
        ip = 127.0.0.1
        """
            .formatted(port));
    eventually("bound", port, () -> acceptor("from_ini").port());
    eventually("FIXED", "ACTIVE", () -> service("rand").bundleState());
    assertTrue(isServed(port));
    acceptors.setState("from_ini", AcceptorState.STOP);
    assertTrue(Files.readString(ini), Files.readString(ini).contains("state = STOP"));
    Files.delete(ini);
    eventually("closed", "none", () -> acceptor("from_ini").reason());
  }
}
