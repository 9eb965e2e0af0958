package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisBulkStringAggregator;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;

class PipelineMoveTest {

  // ---- services --------------------------------------------------------------------------------

  /** Answers each command with its name and the command's words. */
  private static final class Redis extends SimpleChannelInboundHandler<RedisMessage> {
    private final String name;

    private Redis(String name) {
      this.name = name;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RedisMessage message) {
      String words =
          ((ArrayRedisMessage) message)
              .children().stream()
                  .map(word -> ((FullBulkStringRedisMessage) word).content().toString(US_ASCII))
                  .collect(Collectors.joining(" "));
      context.writeAndFlush(new SimpleStringRedisMessage(name + ":" + words));
    }
  }

  private static PipelineService redis(String name) {
    return (connection, handed, handlers) ->
        handlers
            .keep("decoder", RedisDecoder::new)
            .keep("bulk", RedisBulkStringAggregator::new)
            .keep("array", () -> new RedisArrayAggregator(16, 4))
            .keep("encoder", RedisEncoder::new)
            .add("commands", () -> new Redis(name));
  }

  private static String command(String... words) {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append("$").append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return command.toString();
  }

  /** Answers lines with its name and the line. */
  private static PipelineService lines(String name) {
    return (connection, handed, handlers) ->
        handlers
            .keep("codec", () -> new MessageCodec(connection, handed, 100))
            .add(
                "replies",
                () -> new RequestReplyHandler(connection, line -> Optional.of(name + ":" + line)));
  }

  /** Reads a length, and then that many bytes; keeps the length, as a version's own may do. */
  private static final class Lengths extends ByteToMessageDecoder {
    private int length = -1;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      if (length < 0) {
        length = in.readByte() - '0';
      }
      if (in.readableBytes() >= length) {
        out.add(in.readRetainedSlice(length));
        length = -1;
      }
    }
  }

  private static final class Named extends SimpleChannelInboundHandler<ByteBuf> {
    private final String name;

    private Named(String name) {
      this.name = name;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      context.writeAndFlush(
          Unpooled.copiedBuffer(name + ":" + message.toString(US_ASCII) + " ", US_ASCII));
    }
  }

  private static PipelineService lengths(String name) {
    return (connection, handed, handlers) ->
        handlers.add("lengths", Lengths::new).add("answers", () -> new Named(name));
  }

  // ---- codecs that stay ------------------------------------------------------------------------

  @Test
  void aCodecStaysWithHalfAMessageInIt() {
    MovedClient client = new MovedClient(redis("one")).succeededBy("2.0.0", redis("two"));
    client.send(command("PING") + "*3\r\n$3\r\nSET\r\n$4\r\nhalf\r\n$10\r\n01234");
    assertThat(client.move()).isCompleted();
    assertThat(client.version()).isEqualTo("2.0.0");
    client.send("56789\r\n" + command("PING"));
    assertThat(client.received())
        .isEqualTo("+one:PING\r\n+two:SET half 0123456789\r\n+two:PING\r\n");
    client.close();
  }

  @Test
  void atEachByteOfAConversationTheClientNoticesNothing() {
    String talk = command("SET", "a", "1") + command("GET", "a") + command("PING");
    for (int cut = 0; cut <= talk.length(); cut++) {
      MovedClient client = new MovedClient(redis("x")).succeededBy("2.0.0", redis("x"));
      client.send(talk.substring(0, cut));
      assertThat(client.move()).isCompleted();
      client.send(talk.substring(cut));
      assertThat(client.received())
          .as("cut at %d", cut)
          .isEqualTo("+x:SET a 1\r\n+x:GET a\r\n+x:PING\r\n");
      assertThat(client.version()).isEqualTo("2.0.0");
      client.close();
    }
  }

  @Test
  void halfALineStaysInItsCodecAndOnlyTheAnswersAreExchanged() {
    MovedClient client = new MovedClient(lines("one")).succeededBy("2.0.0", lines("two"));
    MessageCodec codec = client.channel().pipeline().get(MessageCodec.class);
    client.send("a\r\nhalf a ");
    assertThat(client.move()).isCompleted();
    client.send("line\r\n");
    assertThat(client.received()).isEqualTo("one:a\r\ntwo:half a line\r\n");
    assertThat(client.channel().pipeline().get(MessageCodec.class)).isSameAs(codec);
    client.close();
  }

  @Test
  void aNewVersionPutsItsHandlersBetweenThoseThatStay() {
    List<String> seen = new ArrayList<>();
    PipelineService two =
        (connection, handed, handlers) ->
            handlers
                .add("first", () -> new Noting(seen, "first"))
                .keep("decoder", RedisDecoder::new)
                .keep("bulk", RedisBulkStringAggregator::new)
                .add("between", () -> new Noting(seen, "between"))
                .keep("array", () -> new RedisArrayAggregator(16, 4))
                .keep("encoder", RedisEncoder::new)
                .add("commands", () -> new Redis("two"));
    MovedClient client = new MovedClient(redis("one")).succeededBy("2.0.0", two);
    client.move();
    client.send(command("PING"));
    assertThat(client.received()).isEqualTo("+two:PING\r\n");
    assertThat(seen).containsExactly("first", "between", "between");
    client.close();
  }

  private static final class Noting extends ChannelInboundHandlerAdapter {
    private final List<String> seen;
    private final String name;

    private Noting(List<String> seen, String name) {
      this.seen = seen;
      this.name = name;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      seen.add(name);
      context.fireChannelRead(message);
    }
  }

  @Test
  void aCodecThatTheNewVersionHasNotIsTakenOutWithItsBytes() {
    PipelineService raw =
        (connection, handed, handlers) -> handlers.add("raw", () -> new Named("raw"));
    MovedClient client = new MovedClient(lines("one")).succeededBy("2.0.0", raw);
    client.send("a\nhalf");
    client.move();
    client.send(" more");
    assertThat(client.received()).isEqualTo("one:a\nraw:half raw: more ");
    client.close();
  }

  @Test
  void aCodecThatMayBeInTheMiddleOfAMessageIsNotTakenOut() {
    PipelineService raw =
        (connection, handed, handlers) -> handlers.add("raw", () -> new Named("raw"));
    MovedClient client = new MovedClient(redis("one")).succeededBy("2.0.0", raw);
    client.send("*1\r\n$4\r\nPI");
    assertThat(client.move()).isCompleted();
    assertThat(client.version()).isEqualTo("1.0.0");
    client.send("NG\r\nx");
    assertThat(client.received()).as("at a boundary it may go").isEqualTo("+one:PING\r\nraw:x ");
    assertThat(client.version()).isEqualTo("2.0.0");
    client.close();
  }

  @Test
  void handlersThatStayCannotChangePlaces() {
    PipelineService turned =
        (connection, handed, handlers) ->
            handlers
                .keep("decoder", RedisDecoder::new)
                .keep("array", () -> new RedisArrayAggregator(16, 4))
                .keep("bulk", RedisBulkStringAggregator::new)
                .keep("encoder", RedisEncoder::new)
                .add("commands", () -> new Redis("two"));
    MovedClient client = new MovedClient(redis("one")).succeededBy("2.0.0", turned);
    client.move();
    client.send(command("PING"));
    assertThat(client.received()).isEqualTo("+one:PING\r\n");
    client.close();
  }

  // ---- decoders that go ------------------------------------------------------------------------

  @Test
  void aDecoderThatHasConsumedHalfAMessageGoesAtTheNextBoundary() {
    MovedClient client = new MovedClient(lengths("one")).succeededBy("2.0.0", lengths("two"));
    client.send("3abc5ab");
    assertThat(client.received()).isEqualTo("one:abc ");
    CompletableFuture<Void> moved = client.move();
    assertThat(moved).as("5ab is half a message, of which a byte is consumed").isNotDone();
    client.send("cde" + "2xy" + "4ab");
    assertThat(client.received()).isEqualTo("one:abcde two:xy ");
    assertThat(moved).isCompleted();
    assertThat(client.version()).isEqualTo("2.0.0");
    client.send("cd");
    assertThat(client.received()).isEqualTo("two:abcd ");
    client.close();
  }

  @Test
  void atEachByteADecoderThatGoesLosesNothing() {
    String talk = "3abc0" + "5abcde" + "1x";
    for (int cut = 0; cut <= talk.length(); cut++) {
      for (int chunk = 1; chunk <= talk.length(); chunk++) {
        MovedClient client = new MovedClient(lengths("v")).succeededBy("2.0.0", lengths("v"));
        client.send(talk.substring(0, cut));
        client.move();
        for (int at = cut; at < talk.length(); at += chunk) {
          client.send(talk.substring(at, Math.min(talk.length(), at + chunk)));
        }
        assertThat(client.received())
            .as("cut at %d, then by %d", cut, chunk)
            .isEqualTo("v:abc v: v:abcde v:x ");
        client.close();
      }
    }
  }

  @Test
  void aConnectionThatReachesNoBoundaryStaysAndIsTriedAgain() {
    MovedClient client = new MovedClient(lengths("one")).succeededBy("2.0.0", lengths("two"));
    client.send("5ab");
    CompletableFuture<Void> moved = client.move();
    client.after(MovedClient.LIMIT);
    assertThat(moved).isCompleted();
    client.send("cde");
    assertThat(client.received()).isEqualTo("one:abcde ");
    assertThat(client.version()).isEqualTo("1.0.0");
    client.after(Move.PAUSE);
    assertThat(client.version()).isEqualTo("2.0.0");
    client.close();
  }

  // ---- boundaries that a service knows
  // -----------------------------------------------------------

  /** Goes only behind a line that says so. */
  private static final class Reluctant implements PipelineService {
    private final String name;
    private CompletableFuture<Handed> wanted;

    private Reluctant(String name) {
      this.name = name;
    }

    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers
          .keep("codec", () -> new MessageCodec(connection, handed, 100))
          .add("replies", () -> new RequestReplyHandler(connection, this::reply));
    }

    private Optional<String> reply(String line) {
      if (line.equals("end") && wanted != null) {
        wanted.complete(Handed.nothing().with("last", line));
      }
      return Optional.of(name + ":" + line);
    }

    @Override
    public CompletionStage<Handed> giveUp(Connection connection) {
      wanted = new CompletableFuture<>();
      return wanted;
    }
  }

  @Test
  void aServiceGivesUpAtABoundaryOfItsOwnAndWhatIsBehindItGoesToTheOther() {
    MovedClient client = new MovedClient(new Reluctant("one")).succeededBy("2.0.0", lines("two"));
    CompletableFuture<Void> moved = client.move();
    client.send("a\nb\nend\nc\nd\n");
    assertThat(client.received()).isEqualTo("one:a\none:b\none:end\ntwo:c\ntwo:d\n");
    assertThat(moved).isCompleted();
    assertThat(client.version()).isEqualTo("2.0.0");
    client.close();
  }

  @Test
  void aServiceThatGivesUpOutsideOfAReadIsLeftThen() {
    Reluctant one = new Reluctant("one");
    MovedClient client = new MovedClient(one).succeededBy("2.0.0", lines("two"));
    client.move();
    client.send("a\nhalf ");
    one.wanted.complete(Handed.nothing());
    client.channel().runPendingTasks();
    assertThat(client.version()).isEqualTo("2.0.0");
    client.send("b\n");
    assertThat(client.received()).isEqualTo("one:a\ntwo:half b\n");
    client.close();
  }

  @Test
  void aServiceThatDoesNotGiveUpInTimeGoesOn() {
    Reluctant one = new Reluctant("one");
    MovedClient client = new MovedClient(one).succeededBy("2.0.0", lines("two"));
    client.move();
    client.send("a\nhalf ");
    client.after(MovedClient.LIMIT);
    assertThat(one.wanted).isCancelled();
    client.send("b\nend\n");
    assertThat(client.received()).isEqualTo("one:a\none:half b\none:end\n");
    assertThat(client.version()).isEqualTo("1.0.0");
    client.close();
  }

  @Test
  void aConnectionThatIsGivenUpAsItsTimeEndsIsHandedOver() throws Exception {
    Reluctant one = new Reluctant("one");
    MovedClient client = new MovedClient(one).succeededBy("2.0.0", lines("two"));
    client.move();
    client.channel().advanceTimeBy(MovedClient.LIMIT.toMillis(), MILLISECONDS);
    Thread other = Thread.startVirtualThread(() -> one.wanted.complete(Handed.nothing()));
    other.join();
    client.channel().runScheduledPendingTasks();
    client.send("a\n");
    assertThat(client.received()).isEqualTo("two:a\n");
    client.close();
  }

  @Test
  void aConnectionThatIsClosedWhileItWaitsForABoundaryIsGivenBack() {
    MovedClient client = new MovedClient(new Reluctant("one")).succeededBy("2.0.0", lines("two"));
    CompletableFuture<Void> moved = client.move();
    client.send("a\n");
    client.received();
    client.channel().close();
    client.after(MovedClient.LIMIT);
    assertThat(moved).isCompleted();
    client.close();
  }

  // ---- what is handed
  // ----------------------------------------------------------------------------

  @Test
  void theTakerLearnsWhoGaveAndWhat() {
    List<Handed> taken = new ArrayList<>();
    PipelineService one =
        new PipelineService() {
          @Override
          public void pipeline(Connection connection, Handed handed, Handlers handlers) {
            handlers.add("raw", () -> new Named("one"));
          }

          @Override
          public CompletionStage<Handed> giveUp(Connection connection) {
            return CompletableFuture.completedFuture(
                Handed.nothing().with("name", "ann").with("seen", 7));
          }
        };
    PipelineService two =
        (connection, handed, handlers) -> {
          taken.add(handed);
          handlers.add("raw", () -> new Named("two"));
        };
    MovedClient client = new MovedClient(one).succeededBy("2.0.0", two);
    client.move();
    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).from()).isEqualTo("1.0.0");
    assertThat(taken.get(0).text("name")).contains("ann");
    assertThat(taken.get(0).number("seen")).hasValue(7);
    client.close();
  }

  // ---- failures
  // ----------------------------------------------------------------------------------

  private static void errorsLeaveItWithTheOld(PipelineService one, PipelineService two) {
    MovedClient client = new MovedClient(one).succeededBy("2.0.0", two);
    client.send("half ");
    assertThat(client.move()).isCompleted();
    client.send("a\n");
    assertThat(client.received()).isEqualTo("one:half a\n");
    assertThat(client.version()).isEqualTo("1.0.0");
    assertThat(client.openLeases()).isEqualTo(1);
    client.close();
  }

  private static PipelineService linesThatGive(Supplier<CompletionStage<Handed>> given) {
    return new PipelineService() {
      @Override
      public void pipeline(Connection connection, Handed handed, Handlers handlers)
          throws Exception {
        lines("one").pipeline(connection, handed, handlers);
      }

      @Override
      public CompletionStage<Handed> giveUp(Connection connection) {
        return given.get();
      }
    };
  }

  @Test
  void anErrorInGivingUpLeavesItWithTheOld() {
    for (Error error : List.of(new AssertionError("in giveUp"), new StackOverflowError())) {
      errorsLeaveItWithTheOld(
          linesThatGive(
              () -> {
                throw error;
              }),
          lines("two"));
    }
  }

  @Test
  void aServiceThatTakesItsWordBackKeepsTheConnection() {
    CompletableFuture<Handed> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);
    for (CompletableFuture<Handed> stage :
        List.of(cancelled, CompletableFuture.<Handed>failedFuture(new AssertionError("no")))) {
      errorsLeaveItWithTheOld(linesThatGive(() -> stage), lines("two"));
    }
  }

  @Test
  void anErrorInTakingUpLeavesItWithTheOld() {
    errorsLeaveItWithTheOld(
        lines("one"),
        (connection, handed, handlers) -> {
          lines("two").pipeline(connection, handed, handlers);
          throw new AssertionError("in pipeline");
        });
    errorsLeaveItWithTheOld(
        lines("one"),
        (connection, handed, handlers) -> {
          handlers.keep("codec", () -> new MessageCodec(connection, handed, 100));
          handlers.add(
              "broken",
              () -> {
                throw new StackOverflowError();
              });
        });
  }

  @Test
  void aHandlerThatCannotBeAddedLeavesItWithTheOld() {
    errorsLeaveItWithTheOld(
        lines("one"),
        (connection, handed, handlers) ->
            handlers
                .keep("codec", () -> new MessageCodec(connection, handed, 100))
                .add("first", () -> new Named("two"))
                .add(
                    "broken",
                    () ->
                        new ChannelInboundHandlerAdapter() {
                          @Override
                          public void handlerAdded(ChannelHandlerContext context) {
                            throw new AssertionError("in handlerAdded");
                          }
                        }));
  }

  @Test
  void whatFailedIsTriedAgainAtGrowingPauses() {
    List<String> tries = new ArrayList<>();
    PipelineService two =
        (connection, handed, handlers) -> {
          tries.add(handed.from());
          if (tries.size() < 4) {
            throw new IllegalStateException("not yet");
          }
          lines("two").pipeline(connection, handed, handlers);
        };
    MovedClient client = new MovedClient(lines("one")).succeededBy("2.0.0", two);
    client.move();
    assertThat(tries).hasSize(1);
    client.after(Duration.ofMillis(999));
    assertThat(tries).hasSize(1);
    client.after(Duration.ofMillis(1));
    assertThat(tries).hasSize(2);
    client.after(Duration.ofSeconds(2));
    assertThat(tries).hasSize(3);
    client.after(Duration.ofSeconds(3));
    assertThat(tries).hasSize(3);
    client.after(Duration.ofSeconds(1));
    assertThat(tries).hasSize(4);
    client.send("a\n");
    assertThat(client.received()).isEqualTo("two:a\n");
    client.close();
  }

  @Test
  void aMessageMayBeLargerThanWhatIsGivenByteByByte() {
    PipelineService one =
        (connection, handed, handlers) ->
            handlers.add("long", LongFrames::new).add("answers", () -> new Counting("one"));
    PipelineService two =
        (connection, handed, handlers) ->
            handlers.add("long", LongFrames::new).add("answers", () -> new Counting("two"));
    MovedClient client = new MovedClient(one).succeededBy("2.0.0", two);
    int size = 3 << 20;
    byte[] frame = (size + ";" + "x".repeat(size)).getBytes(ISO_8859_1);
    byte[] head = Arrays.copyOf(frame, 1000);
    client.send(head);
    client.move();
    client.send(Arrays.copyOfRange(frame, 1000, frame.length));
    assertThat(client.received()).isEqualTo("one:" + size + " ");
    client.after(MovedClient.LIMIT).after(Move.PAUSE);
    assertThat(client.version()).isEqualTo("2.0.0");
    client.send("1;x");
    assertThat(client.received()).isEqualTo("two:1 ");
    client.close();
  }

  /** Consumes what it gets of a frame, and counts. */
  private static final class LongFrames extends ByteToMessageDecoder {
    private final StringBuilder digits = new StringBuilder();
    private int left = -1;
    private int length;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      while (left < 0 && in.isReadable()) {
        char next = (char) in.readByte();
        if (next == ';') {
          length = Integer.parseInt(digits.toString());
          left = length;
          digits.setLength(0);
        } else {
          digits.append(next);
        }
      }
      int taken = Math.min(Math.max(0, left), in.readableBytes());
      in.skipBytes(taken);
      left -= Math.max(0, taken);
      if (left == 0) {
        left = -1;
        out.add(length);
      }
    }
  }

  /** As many messages a call as there are, and the beginning of another one. */
  private static final class AllAtOnce extends ByteToMessageDecoder {
    private int length = -1;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      while (in.isReadable()) {
        if (length < 0) {
          length = in.readByte() - '0';
        }
        if (in.readableBytes() < length) {
          return;
        }
        out.add(in.readRetainedSlice(length));
        length = -1;
      }
    }
  }

  @Test
  void aDecoderThatMakesSeveralMessagesAtOnceGoesWhereAByteAloneHasEndedOne() {
    PipelineService one =
        (connection, handed, handlers) ->
            handlers.add("all", AllAtOnce::new).add("answers", () -> new Named("one"));
    PipelineService two =
        (connection, handed, handlers) ->
            handlers.add("all", AllAtOnce::new).add("answers", () -> new Named("two"));
    MovedClient client = new MovedClient(one).succeededBy("2.0.0", two);
    client.send("1a1b3");
    CompletableFuture<Void> moved = client.move();
    assertThat(moved).isNotDone();
    client.send("xyz1c");
    assertThat(moved).isCompleted();
    assertThat(client.received()).isEqualTo("one:a one:b one:xyz two:c ");
    client.close();
  }

  private static final class Counting extends SimpleChannelInboundHandler<Integer> {
    private final String name;

    private Counting(String name) {
      this.name = name;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Integer length) {
      context.writeAndFlush(Unpooled.copiedBuffer(name + ":" + length + " ", US_ASCII));
    }
  }
}
