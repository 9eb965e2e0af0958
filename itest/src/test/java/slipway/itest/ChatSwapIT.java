package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** New versions of the chat under those who talk. */
public class ChatSwapIT {

  private static final int USERS = 30;
  private static final int SWAPS = 10;

  /** How many messages of its own somebody may be ahead of the others. */
  private static final int AHEAD = 5;

  @Rule public final UnpackedHost host = new UnpackedHost();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Sends, a few messages ahead of what it hears of the others, until all is done. */
  private int talk(ChatUser user) throws Exception {
    int sent = 0;
    while (!done.get()) {
      user.awaitHeard(Math.max(0, sent - AHEAD) * (USERS - 1));
      user.send("m" + sent++);
    }
    return sent;
  }

  @Test
  public void tenNewVersionsLoseDoubleAndReorderNothing() throws Exception {
    Files.writeString(
        host.home().resolve("conf/slipway.chat.cfg"),
        "message.rate = 1000\nmessage.burst = 1000\n");
    List<Path> versions = new ArrayList<>();
    host.done("start");
    for (int i = 1; i <= SWAPS; i++) {
      versions.add(LaterBuild.of(host.shipped("chat"), "9." + i + ".0", folder.getRoot().toPath()));
    }
    List<ChatUser> users = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    int[] sent = new int[USERS];
    try {
      for (int i = 0; i < USERS; i++) {
        users.add(ChatUser.in("user" + i, host.port()));
      }
      for (int i = 0; i < USERS; i++) {
        int number = i;
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        sent[number] = talk(users.get(number));
                      } catch (Throwable failed) {
                        failure.compareAndSet(null, failed);
                        done.set(true);
                      }
                    }));
      }
      for (Path version : versions) {
        host.done("libctl", "install", version.toString());
      }
      done.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      if (failure.get() != null) {
        throw new AssertionError(failure.get());
      }
      int all = java.util.Arrays.stream(sent).sum();
      for (int i = 0; i < USERS; i++) {
        users.get(i).awaitHeard(all - sent[i]);
      }
      List<String> history = users.get(0).history();
      assertEquals(all, history.size());
      for (ChatUser user : users) {
        assertFalse(user.name(), user.isClosed());
        assertEquals(
            history.stream().filter(line -> !line.startsWith(user.name() + ":")).toList(),
            user.heard());
        for (int i = 1; i <= SWAPS; i++) {
          String upgraded = "* the chat was upgraded to 9." + i + ".0";
          assertTrue(
              user.name() + " is told of " + i + " at most once",
              user.lines().stream().filter(upgraded::equals).count() <= 1);
        }
        user.await("* the chat was upgraded to 9." + SWAPS + ".0");
        assertTrue(
            user.name(),
            user.lines().stream()
                .noneMatch(line -> line.endsWith(" has left") || line.contains("missed")));
      }
      HostIT.eventually(
          "nothing leaks", false, () -> host.run("libctl", "leaks").out().contains("chat"));
    } finally {
      for (ChatUser user : users) {
        user.close();
      }
    }
  }
}
