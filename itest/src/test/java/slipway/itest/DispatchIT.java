package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.Test;
import slipway.admin.ServiceState;

public class DispatchIT extends HostIT {

  @Test
  public void repliesWithTheNameAndServesWhatFollowsInTheSamePacket() throws Exception {
    for (String end : List.of("\0", "\n", "\r\n")) {
      try (Client client = new Client(port())) {
        client.send("echo" + end + "hello" + end);
        assertEquals("echo" + end + "hello" + end, client.rest());
      }
    }
  }

  @Test
  public void aNameThatComesByteForByteIsTheSame() throws Exception {
    try (Client client = new Client(port())) {
      for (char next : "echo\r\nhello\r\n".toCharArray()) {
        client.send(String.valueOf(next));
      }
      assertEquals("echo\r\nhello\r\n", client.rest());
    }
  }

  @Test
  public void anEmptyMessageEndsEcho() throws Exception {
    for (String end : List.of("\0", "\n", "\r\n")) {
      try (Client client = new Client(port())) {
        client.send("echo" + end + "one" + end + end + "two" + end);
        client.awaitClosed();
      }
    }
  }

  @Test
  public void timeTellsTheTimeAndAnythingElseEndsIt() throws Exception {
    try (Client client = Client.of("time", port())) {
      client.send("time\n");
      String time = client.line();
      assertTrue(time, Pattern.matches("\\d\\d\\.\\d\\d\\.\\d\\d/\\d\\d:\\d\\d:\\d\\d", time));
      client.send("date\n");
      client.awaitClosed();
    }
  }

  @Test
  public void randGivesNonNegativeIntegersAndIsStoppedAfterwards() throws Exception {
    assertEquals("RESOLVED", service("rand").bundleState());
    try (Client client = Client.of("rand", port())) {
      client.send("rand\nrand\n");
      assertTrue(Integer.parseInt(client.line()) >= 0);
      assertTrue(Integer.parseInt(client.line()) >= 0);
      assertEquals("ACTIVE", service("rand").bundleState());
    }
    eventually("stopped", "RESOLVED", () -> service("rand").bundleState());
  }

  @Test
  public void aClientThatEndsItsInputWhileTheServiceStartsIsServed() throws Exception {
    try (Client client = new Client(port())) {
      client.send("rand\nrand\n");
      assertTrue(Pattern.matches("rand\n\\d+\n", client.rest()));
    }
  }

  @Test
  public void refusalsAreOneLineThatSaysWhy() throws Exception {
    services.setState("time", ServiceState.LOCKED);
    assertEquals("ERR unknown service: nothing", refusal("nothing\n"));
    assertEquals("ERR time is LOCKED", refusal("time\n"));
    assertEquals("ERR unknown service: admin", refusal("admin\n"));
    assertEquals("ERR unknown service: ./Services/admin.dll", refusal("./Services/admin.dll\n"));
    assertEquals(
        "ERR the name of a service has at most 64 bytes", refusal("n".repeat(100_000) + "\n"));
  }

  private String refusal(String request) throws Exception {
    try (Client client = new Client(port())) {
      client.send(request);
      String line = client.line();
      client.awaitClosed();
      return line;
    }
  }

  @Test
  public void twoThousandClientsAtOnceAreServed() throws Exception {
    List<Client> clients = new ArrayList<>();
    try {
      for (int count = 0; count < 2000; count++) {
        Client client = new Client(port());
        clients.add(client);
        client.send("rand\n");
      }
      for (Client client : clients) {
        assertEquals("rand", client.line());
      }
      assertEquals(2000, service("rand").refCount());
      for (Client client : clients) {
        client.send("rand\n");
      }
      for (Client client : clients) {
        assertTrue(Integer.parseInt(client.line()) >= 0);
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
    eventually("stopped", "RESOLVED", () -> service("rand").bundleState());
  }

  @Test
  public void megabytesPassThroughEchoUnchanged() throws Exception {
    try (Client client = Client.of("echo", port())) {
      String block = "0123456789abcdef".repeat(4096);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int count = 0; count < 256; count++) {
                        client.send(block);
                      }
                    } catch (java.io.IOException failed) {
                      throw new java.io.UncheckedIOException(failed);
                    }
                  });
      for (int count = 0; count < 256; count++) {
        assertEquals(block, client.bytes(block.length()));
      }
      writer.join();
    }
  }
}
