package slipway.bots.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class FillerTest {

  private final Filler filler = new Filler(1, 0, 40);

  private static ByteBuf written(Filler filler, long key) {
    ByteBuf bytes = Unpooled.buffer();
    filler.write(bytes, key);
    return bytes;
  }

  @Test
  void whatIsWrittenMatchesInAllSizes() {
    boolean[] sizes = new boolean[41];
    for (int number = 0; number < 2000; number++) {
      long key = filler.key(3, number);
      ByteBuf bytes = written(filler, key);
      sizes[bytes.readableBytes()] = true;
      assertThat(bytes.readableBytes()).isEqualTo(filler.size(key));
      assertThat(filler.matches(bytes, 0, bytes.readableBytes(), key)).isTrue();
    }
    assertThat(sizes).doesNotContain(false);
  }

  @Test
  void eachOtherByteIsNoticed() {
    Filler fixed = new Filler(1, 21, 21);
    long key = fixed.key(0, 0);
    for (int i = 0; i < 21; i++) {
      ByteBuf bytes = written(fixed, key);
      bytes.setByte(i, bytes.getByte(i) ^ 1);
      assertThat(fixed.matches(bytes, 0, 21, key)).isFalse();
    }
  }

  @Test
  void aByteLessOrMoreIsNoticed() {
    Filler fixed = new Filler(1, 21, 21);
    long key = fixed.key(0, 0);
    ByteBuf bytes = written(fixed, key).writeByte(0);
    assertThat(fixed.matches(bytes, 0, 20, key)).isFalse();
    assertThat(fixed.matches(bytes, 0, 22, key)).isFalse();
  }

  @Test
  void clientsPacketsAndSeedsDiffer() {
    long key = filler.key(1, 2);
    assertThat(filler.key(1, 2)).isEqualTo(key);
    assertThat(filler.key(2, 1)).isNotEqualTo(key);
    assertThat(filler.key(1, 3)).isNotEqualTo(key);
    assertThat(new Filler(2, 0, 40).key(1, 2)).isNotEqualTo(key);
  }
}
