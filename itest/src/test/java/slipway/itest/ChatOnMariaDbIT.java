package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.AssumptionViolatedException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.opentest4j.TestAbortedException;
import slipway.itest.mariadb.MariaDb;

/** The chat of the distribution with its tables in a MariaDB server. */
public class ChatOnMariaDbIT {

  @Rule public final UnpackedHost host = new UnpackedHost();

  private MariaDb server;

  @Before
  public void start() throws Exception {
    try {
      server = MariaDb.server();
    } catch (TestAbortedException nowhere) {
      throw new AssumptionViolatedException(nowhere.getMessage());
    }
    Files.writeString(
        host.home().resolve("conf/slipway.data.cfg"),
        "url = %s\nuser = %s\npassword = %s\n"
            .formatted(server.url(server.newDatabase()), MariaDb.USER, MariaDb.PASSWORD));
    Files.writeString(
        host.home().resolve("conf/slipway.chat.cfg"),
        "message.rate = 1000\nmessage.burst = 1000\nuser.connections = 50\n");
    host.done("start");
  }

  @Test
  public void ofManyWhoRegisterANameAtOnceOneDoesAndTheOthersLogIn() throws Exception {
    int many = 8;
    List<ChatUser> users = new ArrayList<>();
    try {
      for (int i = 0; i < many; i++) {
        users.add(ChatUser.outside(host.port()));
      }
      for (int i = 0; i < many; i++) {
        users.get(i).send((i % 2 == 0 ? "Åsa" : "åSA") + " secret one");
      }
      int registered = 0;
      for (ChatUser user : users) {
        user.await(line -> line.startsWith("* in lobby: "));
        registered += user.lines().stream().anyMatch(l -> l.contains("registered. /help")) ? 1 : 0;
      }
      assertEquals(1, registered);
      ChatUser other = ChatUser.outside(host.port());
      users.add(other);
      other.send("A\u030asa another secret");
      other.await("* wrong name or password; your name?");
    } finally {
      for (ChatUser user : users) {
        user.close();
      }
    }
  }

  @Test
  public void aDatabaseThatIsKilledAndStartedLosesNothingThatWasShown() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch senders = new CountDownLatch(3);
    List<ChatUser> users = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        users.add(ChatUser.in("user" + i, host.port()));
      }
      ChatUser listener = users.get(3);
      for (ChatUser sender : users.subList(0, 3)) {
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    talk(sender, done);
                  } catch (Exception | AssertionError failed) {
                    done.set(true);
                  }
                  senders.countDown();
                });
      }
      listener.awaitHeard(100);
      server.kill();
      for (ChatUser sender : users.subList(0, 3)) {
        sender.await(line -> line.startsWith("* not sent: "));
      }
      int before = listener.heard().size();
      server.start();
      listener.awaitHeard(before + 100);
      done.set(true);
      senders.await();
      List<String> history = listener.history();
      for (ChatUser user : users) {
        assertTrue(user.name(), !user.isClosed());
      }
      listener.awaitHeard(history.size());
      assertEquals(history, listener.heard());
    } finally {
      done.set(true);
      server.start();
      for (ChatUser user : users) {
        user.close();
      }
    }
  }

  /** One message after the other, each once it is known what became of the one before. */
  private static void talk(ChatUser sender, AtomicBoolean done)
      throws IOException, InterruptedException {
    for (int i = 0; !done.get(); i++) {
      sender.send("m" + i);
      sender.send("/answer" + i);
      sender.await("* there is no /answer" + i + "; /help shows what there is");
    }
  }
}
