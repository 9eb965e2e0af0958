package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** Acceptors on epoll, also if the system has io_uring, which the other tests run on then. */
public class EpollIT extends HostIT {

  private static final String LIMITED = "limited";

  private Path file;

  /** The built host on epoll. */
  @Override
  @Configuration
  public Option[] configuration() {
    return OptionUtils.combine(
        super.configuration(), frameworkProperty("slipway.transport").value("epoll"));
  }

  @Before
  public void theSystemHasEpoll() {
    file =
        Path.of(
            context.getProperty("slipway.home"), "conf", "slipway.acceptor-" + LIMITED + ".cfg");
    assumeTrue("epoll", acceptor("main").transport().equals("epoll/tcp"));
  }

  @After
  public void theAcceptorIsGone() throws Exception {
    Files.deleteIfExists(file);
    eventually("closed", "none", () -> acceptor(LIMITED).reason());
  }

  /** How many of its clients the host has accepted. */
  private long accepted() {
    return connections.connections().stream()
        .filter(connection -> connection.acceptor().equals(LIMITED))
        .count();
  }

  @Test
  public void atItsLimitAnAcceptorPausesAndOpensWhenAClientLeaves() throws Exception {
    Files.writeString(file, "port = 0\nservice = echo\nmax.connections = 2\n");
    eventually("bound", true, () -> acceptor(LIMITED).bound());
    int port = acceptor(LIMITED).port();
    try (Client first = new Client(port);
        Client second = new Client(port)) {
      assertTrue(first.answers("first") && second.answers("second"));
      try (Client third = new Client(port);
          Client fourth = new Client(port)) {
        third.send("third\n");
        fourth.send("fourth\n");
        for (int round = 0; round < 100; round++) { // in which its event loops could accept
          assertTrue(first.answers("again") && second.answers("again"));
        }
        assertEquals(2, accepted());
        assertEquals(2, acceptor(LIMITED).connections());
        assertEquals("", first.rest());
        assertEquals("third", third.line());
        assertTrue(second.answers("again") && third.answers("again"));
        assertEquals("the fourth waits", 2, acceptor(LIMITED).connections());
        assertEquals("", second.rest());
        assertEquals("fourth", fourth.line());
      }
    }
    eventually("nobody is left", 0, () -> acceptor(LIMITED).connections());
    try (Client later = new Client(port)) {
      assertTrue(later.answers("later"));
    }
  }
}
