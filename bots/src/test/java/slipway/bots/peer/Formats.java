package slipway.bots.peer;

import java.util.stream.Stream;
import slipway.packet.PacketCodec;
import slipway.packet.PacketFormat;

/** All formats that there are. */
public final class Formats {

  private static final int CODE = 0x77;
  private static final int MAX = 2000;

  private Formats() {}

  /** For parameters of tests. */
  public static Stream<PacketFormat> all() {
    return Stream.concat(Stream.of(PacketFormat.lan(MAX)), net());
  }

  /** Those with a code and a checksum. */
  public static Stream<PacketFormat> net() {
    return Stream.of(
            PacketCodec.plain(),
            PacketCodec.xor2(0x32, 0x84),
            PacketCodec.chained(0x32),
            PacketCodec.chainedLength8(0x32))
        .map(codec -> PacketFormat.net(CODE, codec, MAX));
  }
}
