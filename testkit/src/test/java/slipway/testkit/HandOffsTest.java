package slipway.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;

class HandOffsTest {

  // ---- services --------------------------------------------------------------------------------

  /** Answers lines with themselves behind a word. */
  public static final class Lines implements PipelineService {
    private final String word;

    public Lines(String word) {
      this.word = word;
    }

    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers
          .keep("codec", () -> new MessageCodec(connection, handed, 20))
          .add("replies", () -> new RequestReplyHandler(connection, this::reply));
    }

    private Optional<String> reply(String line) {
      return line.equals("bye") ? Optional.empty() : Optional.of(word + line);
    }
  }

  /** Sends back each two bytes, and forgets the first of two when it goes. */
  public static final class Forgetful implements PipelineService {
    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers.add("pairs", Pairs::new);
    }

    private static final class Pairs extends ChannelInboundHandlerAdapter {
      private int first = -1;

      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        while (bytes.isReadable()) {
          int next = bytes.readByte();
          if (first >= 0) {
            context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {(byte) first, (byte) next}));
          }
          first = first >= 0 ? -1 : next;
        }
        bytes.release();
      }
    }
  }

  /** Goes only when nobody is there any more. */
  public static final class Stays implements PipelineService {
    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers.add("nothing", ChannelInboundHandlerAdapter::new);
    }

    @Override
    public CompletionStage<Handed> giveUp(Connection connection) {
      throw new IllegalStateException("never");
    }
  }

  private static Callable<List<Service>> versions(Class<? extends Service> type, Object... with) {
    return () ->
        List.of(
            OwnClasses.make(type, with), OwnClasses.make(type, with), OwnClasses.make(type, with));
  }

  // ---- what is found ---------------------------------------------------------------------------

  @Test
  void whatIsSaidIsHeardAsWithoutAHandOff() throws Exception {
    assertThat(
            new HandOffs(versions(Lines.class, "you said "))
                .saying("a\r\nand more\r\n")
                .saying("bye\r\nlost\r\n")
                .atEveryByte())
        .isEqualTo("you said a\r\nyou said and more\r\n");
  }

  @Test
  void aServiceThatLosesAByteIsFoundWithThePlace() {
    assertThatThrownBy(
            () ->
                new HandOffs(
                        () ->
                            List.of(
                                OwnClasses.make(Forgetful.class), OwnClasses.make(Forgetful.class)))
                    .saying("ab")
                    .saying("cd")
                    .atEveryByte())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "cut in message 1 after \"a\": the client hears \"bc\", but without a hand-off"
                + " \"abcd\"");
  }

  @Test
  void aConnectionThatIsNotGivenUpIsFound() {
    assertThatThrownBy(() -> new HandOffs(versions(Stays.class)).saying("ab").atEveryByte())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "cut in message 1 after \"\": the connection has stayed with version 1.0.0; the log"
                + " says why");
  }

  @Test
  void versionsThatAnswerDifferentlyAreNotCompared() {
    assertThatThrownBy(
            () ->
                new HandOffs(
                        () ->
                            List.of(
                                OwnClasses.make(Lines.class, "1"),
                                OwnClasses.make(Lines.class, "2")))
                    .saying("a\n")
                    .atEveryByte())
        .hasMessage("without a hand-off, version 2 answers \"2a\\n\", but version 1 \"1a\\n\"");
  }

  @Test
  void versionsHaveClassesOfTheirOwn() {
    Service one = OwnClasses.make(Lines.class, "x");
    assertThat(one.getClass()).isNotSameAs(OwnClasses.make(Lines.class, "x").getClass());
    assertThat(one).isInstanceOf(PipelineService.class).isNotInstanceOf(Lines.class);
    assertThatThrownBy(() -> OwnClasses.make(Lines.class, 1))
        .hasMessage(Lines.class.getName() + " has no constructor that takes [1]");
  }

  // ---- what is done elsewhere -------------------------------------------------------------------

  /** Answers lines as {@link Lines}, in its order, each when an executor comes to it. */
  public static final class Slow implements PipelineService {
    private final String word;
    private final Executor elsewhere;

    public Slow(String word, Executor elsewhere) {
      this.word = word;
      this.elsewhere = elsewhere;
    }

    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers
          .keep("codec", () -> new MessageCodec(connection, handed, 20))
          .add("answers", () -> new Answers(word, elsewhere, handed.number("answered").orElse(0)));
    }

    @Override
    public CompletionStage<Handed> giveUp(Connection connection) {
      return connection.channel().pipeline().get(Answers.class).giveUp();
    }

    private static final class Answers extends SimpleChannelInboundHandler<ByteBuf> {
      private final String word;
      private final Executor elsewhere;
      private long answered;
      private int asked;
      private CompletableFuture<Handed> wanted;

      private Answers(String word, Executor elsewhere, long answered) {
        this.word = word;
        this.elsewhere = elsewhere;
        this.answered = answered;
      }

      @Override
      protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
        String line = message.toString(UTF_8);
        asked++;
        elsewhere.execute(
            () ->
                elsewhere.execute(
                    () -> context.executor().execute(() -> answer(context, word + line))));
      }

      private void answer(ChannelHandlerContext context, String line) {
        answered++;
        asked--;
        context.writeAndFlush(answered + " " + line);
        if (asked == 0 && wanted != null) {
          wanted.complete(state());
        }
      }

      /** Forgets whom it has asked if the word is "forgets". */
      private CompletionStage<Handed> giveUp() {
        wanted = new CompletableFuture<>();
        if (asked == 0 || word.equals("forgets")) {
          wanted.complete(state());
        }
        return wanted;
      }

      private Handed state() {
        return Handed.nothing().with("answered", answered);
      }
    }
  }

  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private HandOffs slow(String word) {
    return new HandOffs(versions(Slow.class, word, (Executor) tasks::add))
        .elsewhere(
            () -> {
              Runnable next = tasks.poll();
              if (next != null) {
                next.run();
              }
              return next != null;
            });
  }

  @Test
  void whatIsDoneElsewhereIsDoneBeforeTheClientSaysMore() throws Exception {
    assertThat(slow("you said ").saying("a\nb\n").saying("c\n").atEveryByte())
        .isEqualTo("1 you said a\n2 you said b\n3 you said c\n");
  }

  @Test
  void aHandOffBeforeItIsDoneIsTriedAsWell() {
    assertThatThrownBy(() -> slow("forgets").saying("a\nb\n").atEveryByte())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "cut in message 1 after \"a\\n\", before the rest of what is done elsewhere, of "
                + "which this much is done: 0: the client hears ");
  }

  // ---- MQTT ------------------------------------------------------------------------------------

  private static byte[] encoded(MqttMessage message) {
    EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
    encoder.writeOutbound(message);
    ByteBuf bytes = encoder.readOutbound();
    byte[] copy = ByteBufUtil.getBytes(bytes);
    bytes.release();
    encoder.finishAndReleaseAll();
    return copy;
  }

  private static byte[] published(int number, String text) {
    return encoded(
        MqttMessageBuilders.publish()
            .topicName("news")
            .qos(number == 0 ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE)
            .messageId(number)
            .payload(Unpooled.copiedBuffer(text, UTF_8))
            .build());
  }

  @Test
  void mqttIsHandedOverAtEveryByte() throws Exception {
    String heard =
        new HandOffs(
                () -> {
                  Map<Channel, Map<String, Integer>> shared = new ConcurrentHashMap<>();
                  return versions(Mqtt.class, shared).call();
                })
            .saying(encoded(MqttMessageBuilders.connect().clientId("c").keepAlive(60).build()))
            .saying(
                encoded(
                    MqttMessageBuilders.subscribe()
                        .messageId(1)
                        .addSubscription(MqttQoS.AT_LEAST_ONCE, "news")
                        .build()))
            .saying(published(7, "first"))
            .saying(published(0, "second"))
            .saying(encoded(MqttMessage.PINGREQ))
            .saying(published(8, "third"))
            .atEveryByte();
    assertThat(heard).containsSubsequence("first", "second", "third");
    assertThat(heard).hasSize(4 + 5 + 4 + 15 + 14 + 2 + 4 + 15);
  }
}
