package slipway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = Framing.buffer(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }

  private static byte[] written(Framing framing, int... payload) {
    ByteBuffer out = Framing.buffer(64);
    framing.write(bytes(payload), out);
    byte[] written = new byte[out.flip().remaining()];
    out.get(written);
    return written;
  }

  @Test
  void aLanPacketHasItsLength() {
    ByteBuffer in = bytes(0x34, 0x12, 7);
    assertThat(Framing.LAN.header(in)).isEqualTo(0x1234);
    assertThat(in.position()).isEqualTo(2);
    assertThat(written(Framing.LAN, 7, 8)).containsExactly(2, 0, 7, 8);
  }

  @Test
  void aShortMessageHasItsLengthInAByte() {
    ByteBuffer in = bytes(0x82, 125, 7);
    assertThat(Framing.COLYSEUS.header(in)).isEqualTo(125);
    assertThat(in.position()).isEqualTo(2);
  }

  @Test
  void aLongerMessageHasItInTwo() {
    ByteBuffer in = bytes(0x82, 126, 0x12, 0x34, 7);
    assertThat(Framing.COLYSEUS.header(in)).isEqualTo(0x1234);
    assertThat(in.position()).isEqualTo(4);
  }

  @Test
  void aClientsMessageIsMaskedWithNothing() {
    assertThat(written(Framing.COLYSEUS, 7, 8))
        .containsExactly((byte) 0x82, (byte) 0x84, 0, 0, 0, 0, 17, 0, 7, 8);
  }

  @ParameterizedTest
  @CsvSource({"LAN,0", "LAN,1", "COLYSEUS,0", "COLYSEUS,1", "COLYSEUS,2", "COLYSEUS,3"})
  void aHeaderThatIsNotWholeIsLeft(Framing framing, int length) {
    ByteBuffer in = bytes(0x82, 126, 0, 9).limit(length);
    assertThat(framing.header(in)).isEqualTo(Framing.NOT_YET);
    assertThat(in.position()).isZero();
  }

  @Test
  void otherMessagesAreRefused() {
    assertThatThrownBy(() -> Framing.COLYSEUS.header(bytes(0x88, 2)))
        .hasMessage("the server has sent a message of the kind 136");
  }
}
