package slipway.bots.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingTest {

  /** What stands before a packet, and after it. */
  private static final int AROUND = 3;

  private static ByteBuf around(String hex) {
    ByteBuf bytes = Unpooled.buffer().writeZero(AROUND);
    bytes.writeBytes(HexFormat.of().parseHex(hex));
    return bytes.writeZero(AROUND);
  }

  private static int length(ByteBuf bytes) {
    return bytes.readableBytes() - 2 * AROUND;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "71170100000000000000", // WELCOME
        "721701026e6f", // REFUSED
        "7b1707000000f401e703", // GOAL
        "7c17070000000000", // UPDATE
        "7c170700000001000100000000000000f401e703",
        "7d17010000000000000003626f74f401e703", // CAME
        "7e170100000000000000", // WENT
        "851701000000000000000178", // SAID
        "8f1706666f7265737407000000f401e703", // ZONE
        "a3170100000007000000f401e7030000", // SEEN
        "a3170100000007000000f401e70301000200000000000000f401e703",
      })
  void aPacketIsWholeWithJustItsBytes(String hex) {
    ByteBuf bytes = around(hex);
    int length = length(bytes);
    assertThat(Incoming.isWhole(bytes, AROUND, length)).isTrue();
    assertThat(Incoming.isWhole(bytes, AROUND, length + 1)).isFalse();
    for (int shorter = 0; shorter < length; shorter++) {
      assertThat(Incoming.isWhole(bytes, AROUND, shorter)).isFalse();
    }
  }

  @Test
  void anUnknownTypeIsNeverWhole() {
    assertThat(Incoming.isWhole(around("70170178017a"), AROUND, 6)).isFalse(); // a LOGIN
  }

  @Test
  void fieldsAreReadWhereTheyAre() {
    ByteBuf zone = around("8f1706666f7265737407000000f401e703");
    assertThat(Zone.read(zone, AROUND + Incoming.FIRST)).isEqualTo(Zone.FOREST);
    assertThat(Incoming.zoneFrame(zone, AROUND, length(zone))).isEqualTo(7);
    assertThat(Incoming.zonePlace(zone, AROUND, length(zone))).isEqualTo(Place.of(500, 999));
    ByteBuf came = around("7d17010000000000000003626f74f401e703");
    assertThat(Incoming.id(came, AROUND)).isEqualTo(1);
    assertThat(Incoming.camePlace(came, AROUND, length(came))).isEqualTo(Place.of(500, 999));
    assertThat(Incoming.refusal(around("721701026e6f"), AROUND)).isEqualTo("no");
  }

  @Test
  void anUnknownZoneIsNone() {
    assertThat(Zone.read(around("06666f726573ff"), AROUND)).isNull();
    assertThat(Zone.read(around("05666f726573"), AROUND)).isNull();
  }

  @Test
  void aTextIsReadAsItIsSaid() {
    ByteBuf bytes = Unpooled.buffer();
    Saying.write(bytes, Integer.MAX_VALUE);
    assertThat(Saying.read(bytes, 0)).isEqualTo(Integer.MAX_VALUE);
    for (int i = 0; i < bytes.readableBytes(); i++) {
      byte right = bytes.getByte(i);
      bytes.setByte(i, 'x');
      assertThat(Saying.read(bytes, 0)).isEqualTo(-1);
      bytes.setByte(i, right);
    }
  }
}
