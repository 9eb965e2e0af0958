package slipway.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.service.Delimiter;
import slipway.service.FakeConnection;

class MessageCodecTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();

  private MessageCodec codec(Delimiter delimiter) {
    MessageCodec codec = new MessageCodec(new FakeConnection(channel, delimiter), 8);
    channel.pipeline().addLast(codec);
    return codec;
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, UTF_8));
  }

  private List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
      messages.add(next.toString(UTF_8));
      next.release();
    }
    return messages;
  }

  private String sent() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      text.append(next.toString(UTF_8));
      next.release();
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void theNextVersionLearnsTheDelimiterThatWasFound(Delimiter delimiter) {
    MessageCodec found = codec(null);
    assertThat(found.state()).isEmpty();
    receive("one" + delimiter.text());
    MessageCodec next = new MessageCodec(new FakeConnection(channel, null), found.state(), 8);
    assertThat(next.delimiter()).isEqualTo(delimiter);
    assertThat(next.state()).isEqualTo(found.state());
    assertThat(messages()).containsExactly("one");
  }

  @Test
  void aDelimiterThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MessageCodec(new FakeConnection(channel, null), Map.of("delimiter", "TAB"), 8));
  }

  @ParameterizedTest
  @EnumSource
  void cutsMessagesAtTheDelimiter(Delimiter delimiter) {
    codec(delimiter);
    String end = delimiter.text();
    receive("one" + end + "two" + end + end + "thr");
    assertThat(messages()).containsExactly("one", "two", "");
    receive("ee" + end);
    assertThat(messages()).containsExactly("three");
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameByteForByte(Delimiter delimiter) {
    codec(delimiter);
    for (byte value : ("one" + delimiter.text() + "zwölf" + delimiter.text()).getBytes(UTF_8)) {
      channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {value}));
    }
    assertThat(messages()).containsExactly("one", "zwölf");
  }

  @Test
  void takesBothEndsOfALine() {
    codec(Delimiter.CRLF);
    receive("one\r\ntwo\nthr\ree\n");
    assertThat(messages()).containsExactly("one", "two", "thr\ree");
  }

  @Test
  void leavesLineEndsInsideOfNulMessages() {
    codec(Delimiter.NUL);
    receive("a\r\nb\n\0");
    assertThat(messages()).containsExactly("a\r\nb\n");
  }

  @ParameterizedTest
  @CsvSource({"NUL", "LF", "CRLF"})
  void learnsTheDelimiterFromTheFirstMessage(Delimiter delimiter) {
    MessageCodec codec = codec(null);
    receive("one" + delimiter.text());
    assertThat(codec.delimiter()).isEqualTo(delimiter);
    channel.writeOutbound("reply");
    assertThat(sent()).isEqualTo("reply" + delimiter.text());
    messages();
  }

  @Test
  void endsLinesWithLfAsLongAsNothingIsKnown() {
    codec(null);
    channel.writeOutbound("welcome");
    assertThat(sent()).isEqualTo("welcome\n");
  }

  @Test
  void endsBuffersWithTheDelimiterWithoutCopyingThem() {
    codec(Delimiter.NUL);
    ByteBuf bytes = Unpooled.copiedBuffer("bytes", UTF_8);
    channel.writeOutbound(bytes);
    ByteBuf first = channel.readOutbound();
    assertThat(first).isSameAs(bytes);
    assertThat(sent()).isEqualTo("\0");
    bytes.release();
  }

  @Test
  void takesAMessageOfTheGreatestLength() {
    codec(Delimiter.CRLF);
    receive("12345678\r\n");
    assertThat(messages()).containsExactly("12345678");
  }

  @ParameterizedTest
  @CsvSource({"NUL", "LF", "CRLF"})
  void refusesALongerMessageWithoutWaitingForItsEnd(Delimiter delimiter) {
    codec(delimiter);
    assertThatExceptionOfType(TooLongFrameException.class)
        .isThrownBy(() -> receive("1234567890"))
        .withMessageContaining("8 bytes");
    receive("the rest of it" + delimiter.text() + "next" + delimiter.text());
    assertThat(messages()).containsExactly("next");
  }

  @ParameterizedTest
  @CsvSource({"NUL", "LF", "CRLF"})
  void goesOnBehindAMessageThatIsTooLong(Delimiter delimiter) {
    codec(delimiter);
    assertThatExceptionOfType(TooLongFrameException.class)
        .isThrownBy(() -> receive("123456789" + delimiter.text() + "next" + delimiter.text()));
    assertThat(messages()).containsExactly("next");
  }
}
