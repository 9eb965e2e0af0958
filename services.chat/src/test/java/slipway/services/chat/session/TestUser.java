package slipway.services.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import slipway.service.GoingAway;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

/**
 * Somebody at a terminal, or a program, at a host of its own: so one user is moved to another
 * version, and the others are not.
 */
final class TestUser {

  private final TestHost host;
  private final TestConnection connection;
  private final TestChat chat;

  /** The version that has described its handlers last. */
  private ServedChat serving;

  /** The version that was to be moved to last, and the one that gives, if a test looks at it. */
  private ServedChat waiting;

  private ServedChat giving;

  TestUser(TestChat chat, long id, String address) {
    this.chat = chat;
    ServedChat first = new ServedChat(this, chat);
    host = new TestHost("chat", first);
    host.handOver(chat.version, first); // which the host has called 1.0.0
    connection = host.connect(new InetSocketAddress(address, 1024 + (int) id));
  }

  // ---- what the user does --------------------------------------------------------------------

  void type(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) {
    connection.send(bytes);
    chat.settle();
  }

  /** Reads nothing until {@link #reads}. */
  void stalls() {
    connection.reads(false);
  }

  void reads() {
    connection.reads(true);
    chat.settle();
  }

  /** Ends the input, as {@code nc -N} does. */
  void endsInput() {
    connection.endOutput();
    chat.settle();
  }

  void hangsUp() {
    connection.close();
    chat.settle();
  }

  boolean isConnected() {
    return connection.isOpen();
  }

  boolean isRead() {
    return connection.isRead();
  }

  /** What has come since the last look, byte by byte. */
  byte[] received() {
    return connection.receivedBytes();
  }

  String text() {
    return new String(received(), StandardCharsets.UTF_8);
  }

  /** The lines that have come since the last look. */
  List<String> shown() {
    String text = text();
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\r?\n|\0"));
  }

  // ---- what the host does --------------------------------------------------------------------

  void run() {
    host.run();
  }

  void pass(Duration time) {
    host.pass(time);
  }

  /** Says that the connection is going to be closed. */
  void hears(GoingAway news) {
    host.goingAway(news);
    chat.settle();
  }

  /** The version that serves the user. */
  String version() {
    return connection.version();
  }

  /** A version describes the user's handlers: it takes the user up, or takes it back. */
  void servedBy(ServedChat version) {
    serving = version;
  }

  /** Hands the connection over, which is done at once. */
  void moveTo(TestChat next) {
    isToMoveTo(next);
    assertThat(version()).isEqualTo(next.version);
  }

  /** Hands the connection over when it is given up. */
  void isToMoveTo(TestChat next) {
    isToMoveTo(next, new ServedChat(this, next));
  }

  /** Tries to hand the connection over to a version with a handler that cannot be made. */
  void cannotMoveTo(TestChat next) {
    String before = version();
    ServedChat lacking = new ServedChat(this, next);
    lacking.lacksAHandler();
    isToMoveTo(next, lacking);
    assertThat(version()).isEqualTo(before);
  }

  private void isToMoveTo(TestChat next, ServedChat version) {
    waiting = version;
    host.handOver(next.version, version);
    chat.settle();
  }

  /**
   * Has the connection given up, to a version that waits for it until {@link #takeUp}.
   *
   * @return what is given
   */
  CompletableFuture<Map<String, Object>> giveUp(TestChat next) {
    giving = serving;
    CompletableFuture<Map<String, Object>> given = giving.keep();
    isToMoveTo(next);
    return given;
  }

  /** The next version takes the connection up. */
  void takeUp() {
    giving.release();
    run();
    chat.settle();
  }

  /** The next version takes up this, and not what it is given. */
  void takeUp(Map<String, Object> state) {
    waiting.takesInstead(state);
    takeUp();
  }

  Session session() {
    return connection.connection().channel().pipeline().get(SessionHandler.class).session();
  }

  void end() {
    host.close();
  }
}
