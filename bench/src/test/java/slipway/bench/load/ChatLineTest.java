package slipway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChatLineTest {

  private final ChatLine line = new ChatLine();

  private static byte[] shown(int name, int member, int number, long due) {
    ByteBuffer content = ByteBuffer.allocate(2 * ChatLine.LENGTH);
    ChatLine.put(content, member, number, due);
    return (ChatLine.name(name) + ": " + StandardCharsets.US_ASCII.decode(content.flip()))
        .strip()
        .getBytes(StandardCharsets.US_ASCII);
  }

  private boolean isRead(byte[] bytes) {
    return line.read(bytes, 0, bytes.length);
  }

  @Test
  void whatIsSentIsReadAgain() {
    byte[] bytes = shown(1_999, 1_999, 20_000_000, Long.MAX_VALUE);
    assertThat(bytes).hasSize(ChatLine.LENGTH);
    assertThat(isRead(bytes)).isTrue();
    assertThat(line.member()).isEqualTo(1_999);
    assertThat(line.number()).isEqualTo(20_000_000);
    assertThat(line.due()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aLineIsReadWhereItIs() {
    byte[] bytes = shown(3, 3, 4, 5);
    byte[] within = new byte[bytes.length + 20];
    System.arraycopy(bytes, 0, within, 7, bytes.length);
    assertThat(line.read(within, 7, 7 + bytes.length)).isTrue();
    assertThat(line.number()).isEqualTo(4);
  }

  @Test
  void noByteMayBeChanged() {
    byte[] bytes = shown(3, 3, 4, 5);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThat(isRead(changed)).as("byte %s", i).isFalse();
    }
  }

  @Test
  void noByteMayBeMissingOrAdded() {
    byte[] bytes = shown(3, 3, 4, 5);
    assertThat(isRead(Arrays.copyOf(bytes, bytes.length - 1))).isFalse();
    assertThat(isRead(Arrays.copyOf(bytes, bytes.length + 1))).isFalse();
  }

  @Test
  void anotherSendersNameDoesNotFit() {
    assertThat(isRead(shown(2, 3, 4, 5))).isFalse();
  }

  @Test
  void whatTheChatSaysIsNoMessage() {
    assertThat(isRead("* m00003 has come in".getBytes(StandardCharsets.US_ASCII))).isFalse();
  }
}
