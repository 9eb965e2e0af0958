package slipway.itest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Somebody in the chat, whose lines are read as they come. */
final class ChatUser implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final String name;
  private final Client client;
  private final List<String> lines = new ArrayList<>();
  private boolean closed;

  /** Connects, and reads from then on. */
  private ChatUser(String name, int port) throws IOException {
    this.name = name;
    this.client = Client.of("chat", port).withoutDeadline(); // nobody may speak for long
    Thread.ofVirtual().start(this::read);
  }

  /** Connects and logs in, and returns once it is in the first room. */
  static ChatUser in(String name, int port) throws Exception {
    ChatUser user = new ChatUser(name, port);
    user.send(name + " secret of " + name.toLowerCase(Locale.ROOT));
    user.await(line -> line.startsWith("* in "));
    return user;
  }

  /** Connects, and says nothing yet. */
  static ChatUser outside(int port) throws IOException {
    return new ChatUser("", port);
  }

  private void read() {
    try {
      while (true) {
        String line = client.line();
        if (line.isEmpty()) {
          break; // the chat has no empty lines
        }
        add(line);
      }
    } catch (IOException ended) {
      // closed, by either side
    }
    end();
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    closed = true;
    notifyAll();
  }

  String name() {
    return name;
  }

  void send(String line) throws IOException {
    client.send(line + "\n");
  }

  /** All lines so far. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** What others have said so far: lines of the form {@code name: text}, without their times. */
  synchronized List<String> heard() {
    return lines.stream().filter(line -> line.matches("\\w+: .*")).toList();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Waits for a line that has come, or comes. */
  synchronized String await(Predicate<String> wanted) throws InterruptedException {
    await(() -> lines.stream().anyMatch(wanted) || closed);
    return lines.stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " never got that: " + last()));
  }

  String await(String line) throws InterruptedException {
    return await(line::equals);
  }

  /** Waits until so much was heard. */
  synchronized void awaitHeard(int count) throws InterruptedException {
    long[] known = {0, 0};
    await(
        () -> {
          for (; known[0] < lines.size(); known[0]++) {
            known[1] += lines.get((int) known[0]).matches("\\w+: .*") ? 1 : 0;
          }
          return known[1] >= count || closed;
        });
    if (known[1] < count) {
      throw new AssertionError(name + " was closed: " + last());
    }
  }

  synchronized void awaitClosed() throws InterruptedException {
    await(() -> closed);
  }

  private List<String> last() {
    return lines.subList(Math.max(0, lines.size() - 5), lines.size());
  }

  private void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(name + " waits in vain; the last lines: " + last());
      }
      wait(left);
    }
  }

  /** All of the room's history, oldest first, without numbers and times. */
  List<String> history() throws Exception {
    List<String> all = new ArrayList<>();
    String before = "";
    while (true) {
      int from = lines().size();
      send("/history 500" + before);
      send("/frobnicate"); // whose answer is the end
      List<String> page = linesBehind(from);
      List<String> messages = page.stream().filter(line -> line.startsWith("#")).toList();
      all.addAll(
          0, messages.stream().map(line -> line.replaceFirst("^#\\d+ \\[[^]]*] ", "")).toList());
      if (messages.size() < 500) {
        return all;
      }
      before = " before " + messages.get(0).split(" ")[0];
    }
  }

  private synchronized List<String> linesBehind(int from) throws InterruptedException {
    await(
        () ->
            closed
                || lines.subList(from, lines.size()).stream()
                    .anyMatch(line -> line.startsWith("* there is no /frobnicate")));
    return List.copyOf(lines.subList(from, lines.size()));
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
