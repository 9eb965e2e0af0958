package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.net.Intake.Choice;
import slipway.server.core.life.ActiveVersion;
import slipway.server.core.life.TestLeases;
import slipway.service.Connection;
import slipway.service.HandOff;

class MoveTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Answers lines with its name and the line. */
  private static class Answering implements HandOff {
    private final String name;
    final List<Map<String, Object>> taken = new ArrayList<>();

    Answering(String name) {
      this.name = name;
    }

    @Override
    public void attach(Connection connection) throws Exception {
      takeUp(connection, Map.of());
    }

    @Override
    public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
      return CompletableFuture.completedFuture(Map.of("from", name));
    }

    @Override
    public void takeUp(Connection connection, Map<String, Object> state) throws Exception {
      taken.add(state);
      connection
          .channel()
          .pipeline()
          .addLast(
              new MessageCodec(connection, 100),
              new RequestReplyHandler(connection, line -> Optional.of(name + ":" + line)));
    }
  }

  private final FakeLeases leases = new FakeLeases();
  private final Connections connections = new Connections(leases);

  /** Connected and served by a version, which is succeeded by another one from now on. */
  private EmbeddedChannel served(HandOff first, HandOff second) {
    leases.with("echo", first);
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.freezeTime();
    connections.dispatch(
        channel,
        new TestIntake("main", Choice.CLIENT, "", Duration.ofSeconds(5), Duration.ofSeconds(60)));
    channel.pipeline().fireChannelActive();
    send(channel, "echo\n");
    assertThat(received(channel)).isEqualTo("echo\n");
    ActiveVersion next = TestLeases.version("echo", "2.0.0", second, () -> {});
    TestLeases.succeed(HostedConnection.of(channel).lease().version(), next);
    return channel;
  }

  private CompletableFuture<Void> move(EmbeddedChannel channel) {
    CompletableFuture<Void> moved =
        leases
            .handOver
            .begin(HostedConnection.of(channel).lease().version(), LIMIT)
            .toCompletableFuture();
    channel.runPendingTasks();
    return moved;
  }

  private static void send(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    channel.runPendingTasks();
  }

  private static String received(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      text.append(next.toString(US_ASCII));
      next.release();
    }
    return text.toString();
  }

  private static String version(EmbeddedChannel channel) {
    return HostedConnection.of(channel).version();
  }

  /** It may be silent for hours, and must not keep the classes of a version that is gone. */
  @Test
  void anIdleConnectionHoldsNothingOfTheVersionThatItHasLeft() throws Exception {
    EmbeddedChannel channel = served(new Answering("one"), new Answering("two"));
    send(channel, "a\n");
    received(channel);
    List<WeakReference<ChannelHandler>> old =
        channel.pipeline().toMap().values().stream()
            .filter(MessageCodec.class::isInstance)
            .map(WeakReference::new)
            .toList();
    assertThat(old).hasSize(1);
    assertThat(move(channel)).isCompleted();
    leases.with("echo", new Answering("two"));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (old.get(0).get() != null && System.nanoTime() < end) {
      System.gc();
      channel.runPendingTasks();
    }
    assertThat(old.get(0).get()).isNull();
    assertThat(version(channel)).isEqualTo("2.0.0");
    channel.close();
  }

  @Test
  void theNewVersionGoesOnWhereTheOldOneWas() {
    Answering two = new Answering("two");
    EmbeddedChannel client = served(new Answering("one"), two);
    send(client, "a\nhalf a ");
    assertThat(move(client)).isCompleted();
    assertThat(version(client)).isEqualTo("2.0.0");
    send(client, "line\nb\n");
    assertThat(received(client)).isEqualTo("one:a\ntwo:half a line\ntwo:b\n");
    assertThat(two.taken).containsExactly(Map.of("from", "one"));
    assertThat(leases.open()).as("the old version's lease is given back").isZero();
  }

  @Test
  void whatArrivesWhileTheOldVersionThinksIsKeptInOrder() {
    CompletableFuture<Map<String, Object>> given = new CompletableFuture<>();
    EmbeddedChannel client =
        served(
            new Answering("one") {
              @Override
              public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
                return given;
              }
            },
            new Answering("two"));
    send(client, "unde");
    CompletableFuture<Void> moved = move(client);
    assertThat(moved).isNotDone();
    assertThat(client.config().isAutoRead()).as("reads no more").isFalse();
    send(client, "coded\nwai");
    send(client, "ted\n");
    assertThat(received(client)).isEmpty();
    given.complete(Map.of());
    client.runPendingTasks();
    assertThat(received(client)).isEqualTo("two:undecoded\ntwo:waited\n");
    assertThat(client.config().isAutoRead()).isTrue();
    assertThat(moved).isCompleted();
  }

  @Test
  void aVersionThatGivesNothingUpInTimeKeepsTheConnection() {
    CompletableFuture<Map<String, Object>> never = new CompletableFuture<>();
    EmbeddedChannel client =
        served(
            new Answering("one") {
              @Override
              public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
                return never;
              }
            },
            new Answering("two"));
    move(client);
    send(client, "a\n");
    client.advanceTimeBy(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    client.runScheduledPendingTasks();
    assertThat(received(client)).isEqualTo("one:a\n");
    assertThat(never).isCancelled();
    assertThat(version(client)).isEqualTo("1.0.0");
  }

  @Test
  void aVersionThatRefusesToGiveUpKeepsTheConnection() {
    EmbeddedChannel client =
        served(
            new Answering("one") {
              @Override
              public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
                throw new IllegalStateException("in the middle of something");
              }
            },
            new Answering("two"));
    move(client);
    send(client, "a\n");
    assertThat(received(client)).isEqualTo("one:a\n");
  }

  @Test
  void aVersionThatCannotTakeUpLeavesTheConnectionWithTheOldOne() {
    EmbeddedChannel client =
        served(
            new Answering("one"),
            new Answering("two") {
              @Override
              public void takeUp(Connection connection, Map<String, Object> state)
                  throws Exception {
                super.takeUp(connection, state);
                throw new IllegalStateException("no");
              }
            });
    send(client, "half a ");
    move(client);
    send(client, "line\n");
    assertThat(received(client)).isEqualTo("one:half a line\n");
    assertThat(version(client)).isEqualTo("1.0.0");
    assertThat(leases.open()).isEqualTo(1);
  }

  @Test
  void stateOfTheOldVersionsOwnClassesIsRefused() {
    record Own(String value) {}
    Answering two = new Answering("two");
    EmbeddedChannel client =
        served(
            new Answering("one") {
              @Override
              public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
                return CompletableFuture.completedFuture(
                    Map.of("deep", List.of(Map.of("x", new Own("y")))));
              }
            },
            two);
    move(client);
    send(client, "a\n");
    assertThat(received(client)).isEqualTo("one:a\n");
    assertThat(two.taken).isEmpty();
  }

  @Test
  void aConnectionThatIsClosedMeanwhileIsNotTakenUp() {
    CompletableFuture<Map<String, Object>> given = new CompletableFuture<>();
    Answering two = new Answering("two");
    EmbeddedChannel client =
        served(
            new Answering("one") {
              @Override
              public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
                return given;
              }
            },
            two);
    move(client);
    send(client, "waits\n");
    client.close();
    client.runPendingTasks();
    given.complete(Map.of());
    client.runPendingTasks();
    assertThat(two.taken).isEmpty();
    assertThat(leases.open()).isZero();
  }
}
