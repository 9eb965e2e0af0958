package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codecs, with vectors that two other programs have computed. */
class PacketCodecTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final int CODE = 0x77;
  private static final int KEY = 0x31;

  private static PacketCodec codec(String name) {
    return switch (name) {
      case "plain" -> PacketCodec.plain();
      case "xor2" -> PacketCodec.xor2(0x32, 0x84);
      case "chained" -> PacketCodec.chained(0x32);
      case "length8" -> PacketCodec.chainedLength8(0x32);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Net format(PacketCodec codec) {
    return new Net(CODE, codec, 2000);
  }

  private static byte[] encoded(PacketCodec codec, byte[] payload) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeZero(5).writeBytes(payload);
    format(codec).encode(packet, 0, payload.length, KEY);
    return ByteBufUtil.getBytes(packet);
  }

  private static byte[] decoded(PacketCodec codec, byte[] packet) {
    ByteBuf bytes = Unpooled.copiedBuffer(packet);
    int size = format(codec).size(bytes, 0, packet.length);
    assertThat(size).isEqualTo(packet.length);
    format(codec).decode(bytes, 0, size);
    return ByteBufUtil.getBytes(bytes, 5, size - 5);
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "xor2,    '',       7700008787",
    "chained, '',       7700003101",
    "plain,   '',       7700003100",
    "xor2,    01020304, 770400878d86858483",
    "chained, 01020304, 770400310b55169ed9",
    "plain,   01020304, 770400310a01020304",
    "xor2,    881307000000000000008877665544332211,"
        + " 77120087810f9480878787878787870ff0e1d2c3b4a596",
    "chained, 881307000000000000008877665544332211,"
        + " 7712003107d4390ddcdb130d32dbe9815327c9ad2b5309",
  })
  void aPacketIsEncodedAndDecodedAsByOthers(String codec, String payload, String packet) {
    byte[] clear = HEX.parseHex(payload);
    byte[] sent = HEX.parseHex(packet);
    assertThat(encoded(codec(codec), clear)).isEqualTo(sent);
    assertThat(decoded(codec(codec), sent)).isEqualTo(clear);
  }

  @ParameterizedTest
  @CsvSource({
    "xor2,    914ab3364a518d12d5fec6a74c91d9912272249c2558286de1633a5c5dfa1998",
    "chained, c9496ce8a78f2b95c5faf8e6dba3a29df03fd7259d65ca98a63a875d9adf1cd9"
  })
  void allBytesAreEncodedAsByOthers(String codec, String digest) throws Exception {
    byte[] clear = new byte[256];
    for (int i = 0; i < clear.length; i++) {
      clear[i] = (byte) i;
    }
    byte[] sent = encoded(codec(codec), clear);
    assertThat(HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(sent))).isEqualTo(digest);
    assertThat(decoded(codec(codec), sent)).isEqualTo(clear);
  }

  /** The text with which the school's pupils try their programs. */
  @Test
  void theTextOfTheSchoolIsEncodedAsByOthers() {
    byte[] clear =
        "aaaaaaaaaabbbbbbbbbbcccccccccc1234567890abcdefghijklmn"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] sent =
        HEX.parseHex(
            "77360031aa07547cf8cfbef4124b548393c1d0011347acff03a4a91f3d44"
                + "fbe3bb8079f18cee83eb9e246df5d2b4875320fad9b99670433ff4ee05");
    assertThat(encoded(PacketCodec.chained(0xa9), clear)).isEqualTo(sent);
    assertThat(decoded(PacketCodec.chained(0xa9), sent)).isEqualTo(clear);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "xor2", "chained", "length8"})
  void whatIsEncodedIsDecodedWhateverItsLength(String codec) {
    for (int length = 0; length <= 2000; length++) {
      byte[] clear = random(length, length);
      assertThat(decoded(codec(codec), encoded(codec(codec), clear))).isEqualTo(clear);
    }
  }

  @Test
  void aLengthThatIsCountedInOneByteLeavesTheRestInClear() {
    PacketCodec quirk = codec("length8");
    PacketCodec right = codec("chained");
    byte[] short254 = random(254, 1);
    assertThat(encoded(quirk, short254)).isEqualTo(encoded(right, short254));
    byte[] none = random(255, 2);
    assertThat(encoded(quirk, none)).endsWith(none);
    byte[] some = random(300, 3);
    byte[] sent = encoded(quirk, some);
    assertThat(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(sent), 0, 5 + 44))
        .isEqualTo(prefix(encoded(right, some), 5 + 44));
    assertThat(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(sent), 5 + 44, 256))
        .isEqualTo(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(some), 44, 256));
  }

  private static byte[] prefix(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "xor2", "chained"})
  void aByteThatWasChangedDoesNotFitTheChecksum(String codec) {
    byte[] sent = encoded(codec(codec), random(20, 4));
    for (int i = 4; i < sent.length; i++) {
      byte[] changed = sent.clone();
      changed[i] ^= 1;
      // a change of a chained byte may even out in the sum, but not of the last one
      if (!codec.equals("chained") || i == 4 || i == sent.length - 1) {
        assertThatThrownBy(() -> decoded(codec(codec), changed))
            .isSameAs(PacketException.BAD_CHECKSUM);
      }
    }
  }

  @Test
  void aKeyThatIsNoByteIsRefused() {
    assertThatThrownBy(() -> PacketCodec.xor2(256, 0)).hasMessage("key = 256: allowed is 0 to 255");
    assertThatThrownBy(() -> PacketCodec.xor2(0, -1)).hasMessage("key2 = -1: allowed is 0 to 255");
    assertThatThrownBy(() -> PacketCodec.chained(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PacketFormat.net(300, PacketCodec.plain(), 1))
        .hasMessage("code = 300: allowed is 0 to 255");
    assertThatThrownBy(() -> PacketFormat.lan(0))
        .hasMessage("packet.max = 0: allowed is 1 to 65535");
    assertThatThrownBy(() -> PacketFormat.lan(65_536)).hasMessageContaining("65536");
  }
}
