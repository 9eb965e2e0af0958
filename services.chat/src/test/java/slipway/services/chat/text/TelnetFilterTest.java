package slipway.services.chat.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import slipway.service.Delimiter;
import slipway.services.chat.Leaks;

@ExtendWith(Leaks.class)
class TelnetFilterTest {

  /** Each kind of command, between text: DO ECHO, a negotiation with an IAC in it, NOP, IAC IAC. */
  private static final byte[] TYPED =
      bytes(
          'a', 255, 253, 1, 'b', 255, 250, 24, 0, 255, 255, 'x', 255, 240, 'c', 255, 241, 'd', 255,
          255, 'e', 255, 252, 3, 0xc3, 0xa9, '\r', 0, 'f', 255, 246, '\r', 'g', 255, 'h', '\r',
          '\n', 'i', '\n');

  private static final byte[] TEXT =
      bytes(
          'a', 'b', 'c', 'd', 255, 'e', 0xc3, 0xa9, '\r', '\n', 'f', '\r', '\n', 'g', 255, 'h',
          '\r', '\n', 'i', '\n');

  private static final byte[] ANSWERS = bytes(255, 252, 1, '*', ' ', 'y', 'e', 's', '\r', '\n');

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static TelnetFilter filter() {
    return new TelnetFilter(null, "", 0);
  }

  private static byte[] all(java.util.function.Supplier<ByteBuf> queue) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf next = queue.get(); next != null; next = queue.get()) {
      byte[] part = new byte[next.readableBytes()];
      next.readBytes(part).release();
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] passed(EmbeddedChannel channel) {
    return all(channel::readInbound);
  }

  private static byte[] answers(EmbeddedChannel channel) {
    return all(channel::readOutbound);
  }

  /** What came of some bytes, in parts. */
  private record Result(byte[] text, byte[] answers) {

    static Result of(TelnetFilter filter, byte[]... parts) {
      EmbeddedChannel channel = new EmbeddedChannel(filter);
      for (byte[] part : parts) {
        ByteBuf buffer = Unpooled.copiedBuffer(part);
        channel.writeInbound(buffer);
        if (part.length > 0 && channel.inboundMessages().isEmpty()) {
          assertThat(buffer.refCnt()).as("what is all commands is released").isZero();
        }
      }
      Result result = new Result(passed(channel), TelnetFilterTest.answers(channel));
      channel.finishAndReleaseAll();
      return result;
    }

    Result and(Result next) {
      return new Result(joined(text, next.text), joined(answers, next.answers));
    }

    private static byte[] joined(byte[] one, byte[] other) {
      byte[] both = Arrays.copyOf(one, one.length + other.length);
      System.arraycopy(other, 0, both, one.length, other.length);
      return both;
    }

    void is(byte[] expectedText, byte[] expectedAnswers) {
      assertThat(text).isEqualTo(expectedText);
      assertThat(answers).isEqualTo(expectedAnswers);
    }
  }

  @Test
  void commandsAreTakenOutAndAnsweredWhereverTheyAreCut() {
    for (int first = 0; first <= TYPED.length; first++) {
      for (int second = first; second <= TYPED.length; second++) {
        Result.of(
                filter(),
                Arrays.copyOfRange(TYPED, 0, first),
                Arrays.copyOfRange(TYPED, first, second),
                Arrays.copyOfRange(TYPED, second, TYPED.length))
            .is(TEXT, ANSWERS);
      }
    }
  }

  @Test
  void anotherVersionGoesOnInTheMiddleOfACommand() {
    for (int cut = 0; cut <= TYPED.length; cut++) {
      TelnetFilter first = filter();
      Result begin = Result.of(first, Arrays.copyOfRange(TYPED, 0, cut));
      Delimiter known = cut < 27 ? null : Delimiter.CRLF;
      Result rest =
          Result.of(
              new TelnetFilter(known, first.state(), 0),
              Arrays.copyOfRange(TYPED, cut, TYPED.length));
      begin.and(rest).is(TEXT, ANSWERS);
    }
  }

  /** Bytes that mean something are frequent, so that all states meet all bytes. */
  @Test
  void anySplitOfAnyBytesHasTheSameResult() {
    int[] special = {255, 255, 255, 250, 240, 251, 252, 253, 254, 246, 6, 1, '\r', '\n', 0, 'x'};
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] sent = new byte[1 + random.nextInt(60)];
      for (int i = 0; i < sent.length; i++) {
        sent[i] =
            (byte)
                (random.nextInt(8) == 0
                    ? random.nextInt(256)
                    : special[random.nextInt(special.length)]);
      }
      Delimiter known = new Delimiter[] {null, Delimiter.NUL, Delimiter.LF}[random.nextInt(3)];
      Result whole = Result.of(new TelnetFilter(known, "", 0), sent);
      byte[][] parts = new byte[sent.length][];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = new byte[] {sent[i]};
      }
      Result single = Result.of(new TelnetFilter(known, "", 0), parts);
      int cut = random.nextInt(sent.length + 1);
      Result two =
          Result.of(
              new TelnetFilter(known, "", 0),
              Arrays.copyOf(sent, cut),
              Arrays.copyOfRange(sent, cut, sent.length));
      assertThat(single.text()).as("seed %s", seed).isEqualTo(whole.text());
      assertThat(single.answers()).as("seed %s", seed).isEqualTo(whole.answers());
      assertThat(two.text()).as("seed %s", seed).isEqualTo(whole.text());
      assertThat(two.answers()).as("seed %s", seed).isEqualTo(whole.answers());
      if (known != null) {
        TelnetFilter first = new TelnetFilter(known, "", 0);
        Result moved =
            Result.of(first, Arrays.copyOf(sent, cut))
                .and(
                    Result.of(
                        new TelnetFilter(known, first.state(), 0),
                        Arrays.copyOfRange(sent, cut, sent.length)));
        assertThat(moved.text()).as("moved, seed %s", seed).isEqualTo(whole.text());
        assertThat(moved.answers()).as("moved, seed %s", seed).isEqualTo(whole.answers());
      }
    }
  }

  @Test
  void whatHasPassedAnotherVersionsFilterIsNotFilteredAgain() {
    byte[] left = bytes('y', 255, 253);
    Result.of(
            new TelnetFilter(Delimiter.LF, "COMMAND - 0 off:0", left.length),
            left,
            bytes(246, 'z', '\n'))
        .is(bytes('y', 255, 253, 'z', '\n'), "* yes\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void eachOptionIsRefusedAndWhatIsOffIsNotAcknowledged() {
    for (int option = 0; option < 256; option++) {
      if (option == 6) {
        continue;
      }
      Result.of(filter(), bytes(255, 253, option)).is(bytes(), bytes(255, 252, option));
      Result.of(filter(), bytes(255, 251, option)).is(bytes(), bytes(255, 254, option));
      Result.of(filter(), bytes(255, 252, option, 255, 254, option)).is(bytes(), bytes());
    }
  }

  @Test
  void anInterruptedClientGetsItsTimingMarkEachTime() {
    byte[] interrupt = bytes(255, 244, 255, 253, 6);
    Result.of(filter(), interrupt, interrupt).is(bytes(), bytes(255, 251, 6, 255, 251, 6));
  }

  @Test
  void anOfferToHideIsNotTakenForADemand() {
    EmbeddedChannel channel = new EmbeddedChannel(filter());
    TelnetFilter filter = channel.pipeline().get(TelnetFilter.class);
    filter.send(Unpooled.copiedBuffer(bytes('?')), true);
    assertThat(answers(channel)).isEqualTo(bytes('?', 255, 251, 1));
    channel.writeInbound(Unpooled.copiedBuffer(bytes(255, 253, 1)));
    assertThat(answers(channel)).as("consent").isEmpty();
    filter.send(Unpooled.copiedBuffer(bytes('!')), false);
    assertThat(answers(channel)).isEqualTo(bytes(255, 252, 1, '!'));
    filter.send(Unpooled.copiedBuffer(bytes('?')), true);
    assertThat(answers(channel)).isEqualTo(bytes('?', 255, 251, 1));
    channel.writeInbound(Unpooled.copiedBuffer(bytes(255, 254, 1, 255, 253, 1)));
    assertThat(answers(channel)).as("two answers that come late").isEmpty();
    channel.writeInbound(Unpooled.copiedBuffer(bytes(255, 254, 1, 255, 254, 1)));
    assertThat(answers(channel)).as("the user wants to see it").isEqualTo(bytes(255, 252, 1));
    filter.send(Unpooled.copiedBuffer(bytes('!')), false);
    assertThat(answers(channel)).as("it is shown already").isEqualTo(bytes('!'));
    channel.writeInbound(Unpooled.copiedBuffer(bytes(255, 253, 1)));
    assertThat(answers(channel)).isEqualTo(bytes(255, 252, 1));
    channel.finishAndReleaseAll();
  }

  @Test
  void aDeclinedOfferIsNotWithdrawn() {
    EmbeddedChannel channel = new EmbeddedChannel(filter());
    TelnetFilter filter = channel.pipeline().get(TelnetFilter.class);
    filter.send(Unpooled.copiedBuffer(bytes('?')), true);
    answers(channel);
    channel.writeInbound(Unpooled.copiedBuffer(bytes(255, 254, 1)));
    filter.send(Unpooled.copiedBuffer(bytes('!')), false);
    assertThat(answers(channel)).isEqualTo(bytes('!'));
    channel.finishAndReleaseAll();
  }

  @Test
  void everyEndOfALineBecomesOne() {
    byte[] nothing = {};
    Result.of(filter(), bytes('a', '\r', 0, 'b', '\r', '\n', 'c', '\r', 'd', '\n', 'e', '\r'))
        .is(
            bytes('a', '\r', '\n', 'b', '\r', '\n', 'c', '\r', '\n', 'd', '\n', 'e', '\r', '\n'),
            nothing);
    Result.of(filter(), bytes('a', '\r'), bytes(0, 'b', '\r'), bytes('\n', '\r'), bytes('\r'))
        .is(bytes('a', '\r', '\n', 'b', '\r', '\n', '\r', '\n', '\r', '\n'), nothing);
    Result.of(filter(), bytes('a', 0, 'b', '\r', 'c', 0))
        .is(bytes('a', 0, 'b', '\r', 'c', 0), nothing);
    Result.of(new TelnetFilter(Delimiter.NUL, "", 0), bytes('b', '\r', 0))
        .is(bytes('b', '\r', 0), nothing);
  }

  @Test
  void textPassesAsItIsAndIsNotCopied() {
    for (String each : new String[] {"grüße\0", "grüße\n", "a\r\nb\r\n"}) {
      EmbeddedChannel channel = new EmbeddedChannel(filter());
      ByteBuf text = Unpooled.copiedBuffer(each, StandardCharsets.UTF_8);
      channel.writeInbound(text);
      ByteBuf passed = channel.readInbound();
      assertThat(passed).isSameAs(text);
      text.release();
      channel.finishAndReleaseAll();
    }
  }

  @Test
  void aNegotiationThatNeverEndsIsTextBehindItsBound() {
    byte[] more = new byte[TelnetFilter.LONGEST_SUBNEGOTIATION];
    Arrays.fill(more, (byte) 'x');
    Result.of(filter(), bytes(255, 250), more, bytes('a', '\n')).is(bytes('a', '\n'), bytes());
    Result.of(filter(), bytes(255, 250, 24, 'x', 255, 253, 6, 'b', '\n'))
        .is(bytes('b', '\n'), bytes(255, 251, 6));
  }

  @Test
  void aFloodIsAnsweredWithFewBytesForEach() {
    byte[] flood = new byte[3000];
    for (int i = 0; i < flood.length; i += 2) {
      flood[i] = (byte) 255;
      flood[i + 1] = (byte) 246;
    }
    EmbeddedChannel channel = new EmbeddedChannel(filter());
    channel.writeInbound(Unpooled.copiedBuffer(flood));
    assertThat(channel.outboundMessages()).as("one write for one read").hasSize(1);
    assertThat(answers(channel)).hasSizeLessThan(4 * flood.length);
    channel.finishAndReleaseAll();
  }
}
