package slipway.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.service.Delimiter;
import slipway.service.FakeConnection;
import slipway.service.Handed;

class UntilEmptyMessageTest {

  /** Sends back what it receives. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }

  private static EmbeddedChannel client(Delimiter delimiter) {
    return client(delimiter, Handed.nothing());
  }

  private static EmbeddedChannel client(Delimiter delimiter, Handed handed) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel
        .pipeline()
        .addLast(
            "end", new UntilEmptyMessage(new FakeConnection(channel, delimiter), delimiter, handed))
        .addLast(new Echo());
    return channel;
  }

  private static void send(EmbeddedChannel client, String text) {
    client.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
  }

  private static String received(EmbeddedChannel client) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = client.readOutbound(); next != null; next = client.readOutbound()) {
      text.append(next.toString(US_ASCII));
      next.release();
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyMessageEndsTheConnectionAndIsNotPassedOn(Delimiter delimiter) {
    EmbeddedChannel client = client(delimiter);
    String end = delimiter.text();
    send(client, "one" + end + "two" + end + end + "three" + end);
    assertThat(received(client)).startsWith("one" + end + "two" + end).doesNotContain("three");
    assertThat(client.isOpen()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aFirstMessageCanBeTheEmptyOne(Delimiter delimiter) {
    EmbeddedChannel client = client(delimiter);
    send(client, delimiter.text());
    assertThat(client.isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"NUL, '\n\n'", "NUL, '\r\n\r\n'", "LF, '\0\0'", "LF, ' \n'"})
  void whatIsNoDelimiterOfTheConnectionEndsNothing(Delimiter delimiter, String text) {
    EmbeddedChannel client = client(delimiter);
    send(client, "x" + text + "y");
    assertThat(received(client)).isEqualTo("x" + text + "y");
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void anyCutOfTheBytesGivesTheSame() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      EmbeddedChannel client = client(Delimiter.LF);
      String text = "a\nbb\nccc\n\n";
      while (!text.isEmpty() && client.isOpen()) {
        int cut = 1 + random.nextInt(text.length());
        send(client, text.substring(0, cut));
        text = text.substring(cut);
      }
      assertThat(received(client)).isEqualTo("a\nbb\nccc\n");
      assertThat(client.isOpen()).isFalse();
    }
  }

  @Test
  void aHandlerThatIsMadeAnewGoesOnWithinAMessage() {
    EmbeddedChannel old = client(Delimiter.LF);
    send(old, "half a message");
    EmbeddedChannel taken =
        client(Delimiter.LF, old.pipeline().get(UntilEmptyMessage.class).handed());
    send(taken, "\n");
    assertThat(taken.isOpen()).isTrue();
    send(taken, "\n");
    assertThat(taken.isOpen()).isFalse();
    old.finishAndReleaseAll();
  }
}
