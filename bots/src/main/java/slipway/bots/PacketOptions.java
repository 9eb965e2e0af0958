package slipway.bots;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import slipway.packet.PacketCodec;
import slipway.packet.PacketFormat;

/** How packets are framed: the keys of {@code conf/slipway.packet-NAME.cfg}, with its defaults. */
final class PacketOptions {

  /** How packets are framed. */
  enum Framing {
    LAN,
    NET
  }

  /** How net packets are disguised. */
  enum Codec {
    PLAIN,
    XOR2,
    CHAINED
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--framing",
      paramLabel = "lan|net",
      defaultValue = "lan",
      description = "how packets are framed (lan)")
  private Framing framing;

  @Option(
      names = "--codec",
      paramLabel = "plain|xor2|chained",
      defaultValue = "plain",
      description = "how net packets are disguised (plain)")
  private Codec codec;

  @Option(
      names = "--code",
      paramLabel = "N",
      defaultValue = "0x77",
      description = "the first byte of a net packet (0x77)")
  private Octet code;

  @Option(
      names = "--key",
      paramLabel = "N",
      defaultValue = "0",
      description = "the fixed key of xor2 and chained (0)")
  private Octet key;

  @Option(
      names = "--key2",
      paramLabel = "N",
      defaultValue = "0",
      description = "the second fixed key of xor2 (0)")
  private Octet key2;

  @Option(
      names = "--length8",
      description = "chained counts bytes in one byte, as some old clients do")
  private boolean length8;

  @Option(
      names = "--packet-max",
      paramLabel = "BYTES",
      defaultValue = "2000",
      description = "the longest payload (2000)")
  private int packetMax;

  /** The format. */
  PacketFormat format() {
    int max = Refusal.range(spec, "--packet-max", packetMax, 1, PacketFormat.LONGEST);
    if (length8 && codec != Codec.CHAINED) {
      throw Refusal.value(spec, "--codec", Words.of(codec), "chained with --length8");
    }
    if (framing == Framing.LAN) {
      if (codec != Codec.PLAIN) {
        throw Refusal.value(spec, "--codec", Words.of(codec), "plain with --framing lan");
      }
      return PacketFormat.lan(max);
    }
    return PacketFormat.net(code.value(), disguise(), max);
  }

  /** The same, with another code; empty if packets have none. */
  Optional<PacketFormat> otherCode() {
    return framing == Framing.LAN
        ? Optional.empty()
        : Optional.of(PacketFormat.net(code.value() ^ 1, disguise(), packetMax));
  }

  private PacketCodec disguise() {
    return switch (codec) {
      case PLAIN -> PacketCodec.plain();
      case XOR2 -> PacketCodec.xor2(key.value(), key2.value());
      case CHAINED ->
          length8 ? PacketCodec.chainedLength8(key.value()) : PacketCodec.chained(key.value());
    };
  }

  /**
   * Checks that packets of such sizes are allowed.
   *
   * @param head the bytes of the payload that they carry beside
   */
  Sizes fit(Sizes sizes, int head) {
    int room = packetMax - head;
    if (sizes.max() > room) {
      throw Refusal.value(
          spec,
          "--sizes",
          sizes,
          "up to " + Math.max(0, room) + ", as the payload has " + head + " bytes more");
    }
    return sizes;
  }
}
