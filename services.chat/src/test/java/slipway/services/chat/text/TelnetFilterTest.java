package slipway.services.chat.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import slipway.services.chat.Leaks;

@ExtendWith(Leaks.class)
class TelnetFilterTest {

  /** Each kind of command, between text: DO ECHO, a negotiation with an IAC in it, NOP, IAC IAC. */
  private static final byte[] TYPED =
      bytes(
          'a', 255, 253, 1, 'b', 255, 250, 24, 0, 255, 255, 'x', 255, 240, 'c', 255, 241, 'd', 255,
          255, 'e', 255, 252, 3, 0xc3, 0xa9, '\r', '\n');

  private static final byte[] TEXT = bytes('a', 'b', 'c', 'd', 'e', 0xc3, 0xa9, '\r', '\n');

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] passed(EmbeddedChannel channel) {
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
      byte[] part = new byte[next.readableBytes()];
      next.readBytes(part).release();
      passed.writeBytes(part);
    }
    return passed.toByteArray();
  }

  private static byte[] through(TelnetFilter filter, byte[]... parts) {
    EmbeddedChannel channel = new EmbeddedChannel(filter);
    for (byte[] part : parts) {
      ByteBuf buffer = Unpooled.copiedBuffer(part);
      channel.writeInbound(buffer);
      if (channel.inboundMessages().isEmpty()) {
        assertThat(buffer.refCnt()).as("what is all commands is released").isZero();
      }
    }
    byte[] passed = passed(channel);
    channel.finishAndReleaseAll();
    return passed;
  }

  @Test
  void commandsAreTakenOutWhereverTheyAreCut() {
    for (int first = 0; first <= TYPED.length; first++) {
      for (int second = first; second <= TYPED.length; second++) {
        assertThat(
                through(
                    new TelnetFilter(""),
                    Arrays.copyOfRange(TYPED, 0, first),
                    Arrays.copyOfRange(TYPED, first, second),
                    Arrays.copyOfRange(TYPED, second, TYPED.length)))
            .as("cut at %s and %s", first, second)
            .isEqualTo(TEXT);
      }
    }
  }

  @Test
  void anotherVersionGoesOnInTheMiddleOfACommand() {
    for (int cut = 0; cut <= TYPED.length; cut++) {
      TelnetFilter first = new TelnetFilter("");
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(through(first, Arrays.copyOfRange(TYPED, 0, cut)));
      both.writeBytes(
          through(new TelnetFilter(first.within()), Arrays.copyOfRange(TYPED, cut, TYPED.length)));
      assertThat(both.toByteArray()).as("cut at %s", cut).isEqualTo(TEXT);
    }
  }

  @Test
  void textPassesAsItIsAndIsNotCopied() {
    EmbeddedChannel channel = new EmbeddedChannel(new TelnetFilter(""));
    ByteBuf text = Unpooled.copiedBuffer("grüße\0", StandardCharsets.UTF_8);
    channel.writeInbound(text);
    ByteBuf passed = channel.readInbound();
    assertThat(passed).isSameAs(text);
    text.release();
  }

  @Test
  void aNegotiationThatNeverEndsIsNotKept() {
    EmbeddedChannel channel = new EmbeddedChannel(new TelnetFilter(""));
    channel.writeInbound(Unpooled.copiedBuffer(bytes(255, 250)));
    for (int i = 0; i < 1000; i++) {
      ByteBuf more = Unpooled.copiedBuffer(new byte[1000]);
      channel.writeInbound(more);
      assertThat(more.refCnt()).isZero();
    }
    assertThat(passed(channel)).isEmpty();
  }
}
