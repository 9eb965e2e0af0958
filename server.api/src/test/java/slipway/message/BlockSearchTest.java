package slipway.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockSearchTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1023, 1024, 1025, 2047, 2048, 5000, 5999})
  void aByteIsFoundWhereverItIs(int index) {
    for (ByteBuf bytes :
        new ByteBuf[] {
          Unpooled.buffer(6000),
          Unpooled.directBuffer(6000),
          Unpooled.wrappedBuffer(new byte[6003]).slice(3, 6000).clear(),
          Unpooled.wrappedBuffer(new byte[3000], new byte[3000]).clear()
        }) {
      bytes.writeBytes("x".repeat(6000).getBytes(US_ASCII));
      bytes.setByte(index, '\n');
      assertThat(BlockSearch.indexOf(bytes, 0, 6000, (byte) '\n')).isEqualTo(index);
      assertThat(BlockSearch.indexOf(bytes, index + 1, 6000, (byte) '\n')).isEqualTo(-1);
      assertThat(BlockSearch.indexOf(bytes, 0, index, (byte) '\n')).isEqualTo(-1);
      bytes.release();
    }
  }

  @Test
  void bytesOfAnyValueAreFoundAsNettyFindsThem() {
    Random random = new Random(3);
    byte[] content = new byte[4096];
    for (int round = 0; round < 500; round++) {
      random.nextBytes(content);
      byte value = (byte) random.nextInt(256);
      for (int i = 0; i < content.length; i++) {
        if (content[i] == value && i % 1500 != 0) {
          content[i] = (byte) (value + 1);
        }
      }
      ByteBuf bytes = Unpooled.wrappedBuffer(content);
      int from = random.nextInt(content.length);
      assertThat(BlockSearch.indexOf(bytes, from, content.length, value))
          .isEqualTo(bytes.indexOf(from, content.length, value));
    }
  }
}
