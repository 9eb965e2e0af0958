package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SentBytesTest {

  private static final int LIMIT = 3000;

  private final SentBytes sent = new SentBytes(LIMIT);
  private final byte[] all = new byte[100_000];
  private int end;

  SentBytesTest() {
    new SplittableRandom(1).nextBytes(all);
  }

  private void append(int length) {
    sent.append(Unpooled.wrappedBuffer(all, end, length));
    end += length;
  }

  private void assertKept(int position) {
    assertThat(sent.claim(position)).isTrue();
    assertThat(sent.claimed()).isEqualTo(end - position);
    ByteBuf kept = Unpooled.buffer();
    sent.release(kept);
    assertThat(ByteBufUtil.getBytes(kept)).isEqualTo(Arrays.copyOfRange(all, position, end));
  }

  @Test
  void theLastBytesAreKeptHoweverTheyWereWritten() {
    SplittableRandom random = new SplittableRandom(2);
    while (end < 90_000) {
      append(random.nextInt(random.nextInt(20) == 0 ? 2 * LIMIT : 300));
      int oldest = Math.max(0, end - LIMIT);
      assertThat(sent.claim(oldest - 1)).isFalse();
      assertThat(sent.claim(end + 1)).isFalse();
      assertThat(sent.end()).isEqualTo(end);
      assertKept(oldest);
    }
  }

  @Test
  void whatThePeerHasIsNotKept() {
    append(100);
    assertThat(sent.acknowledge(101)).isFalse();
    assertThat(sent.acknowledge(-1)).isFalse();
    assertThat(sent.acknowledge(60)).isTrue();
    assertThat(sent.acknowledge(50)).isTrue();
    append(1);
    assertThat(sent.claim(59)).isFalse();
    assertKept(60);
  }

  @Test
  void oneHasItAtATimeAndFindsWhatItHasClaimed() {
    append(1000);
    assertThat(sent.claim(10)).isTrue();
    assertThat(sent.isClaimed()).isTrue();
    assertThat(sent.claim(10)).isFalse();
    assertThat(sent.claim()).isFalse();
    append(2900); // as its event loop has not heard of it
    append(5000);
    ByteBuf kept = Unpooled.buffer();
    sent.release(kept);
    assertThat(ByteBufUtil.getBytes(kept)).isEqualTo(Arrays.copyOfRange(all, 10, end));
    append(1);
    assertThat(sent.claim(10)).isFalse();
    assertThat(sent.claim()).isTrue();
    assertThat(sent.claim(end)).isFalse();
  }
}
