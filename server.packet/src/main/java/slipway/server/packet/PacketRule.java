package slipway.server.packet;

import java.time.Duration;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.packet.PacketCodec;
import slipway.packet.PacketFormat;
import slipway.packet.PacketSettings;
import slipway.service.ServiceNames;

/**
 * How packets are served, and where.
 *
 * @param place whose packets
 * @param codec the codec's name; plain if packets are not disguised
 * @param settings how
 */
record PacketRule(Place place, String codec, PacketSettings settings) {

  private static final int MOST = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final String PLAIN = "plain";

  /**
   * Connections that packets come from.
   *
   * @param service the service's name
   * @param acceptor the acceptor's; empty for all
   */
  record Place(String service, String acceptor) {

    @Override
    public String toString() {
      return service + (acceptor.isEmpty() ? "" : " at acceptor " + acceptor);
    }
  }

  static PacketRule of(Settings settings) throws InvalidConfiguration {
    Place place = new Place(service(settings), settings.text("acceptor"));
    String codec = settings.text("codec");
    PacketSettings served =
        new PacketSettings(
            format(settings, codec),
            settings.duration("heartbeat.timeout", Duration.ZERO, LONGEST),
            settings.integer("packet.rate", 0, MOST),
            settings.integer("packet.burst", 1, MOST),
            closesFast(settings),
            settings.integer("inbox.limit", PacketSettings.LEAST_INBOX, PacketConfig.MOST_INBOX),
            settings.integer("outbox.limit", PacketSettings.LEAST_OUTBOX, PacketConfig.MOST_OUTBOX),
            settings.duration("resume.window", Duration.ZERO, PacketSettings.LONGEST_WINDOW),
            settings.integer(
                "resume.buffer", PacketSettings.LEAST_RESUME, PacketConfig.MOST_RESUME));
    return new PacketRule(place, codec, served);
  }

  private static String service(Settings settings) throws InvalidConfiguration {
    return ServiceNames.parse(settings.text("service"))
        .orElseThrow(() -> settings.refused("service", ServiceNames.FORM));
  }

  private static PacketFormat format(Settings settings, String codec) throws InvalidConfiguration {
    int max = settings.integer("packet.max", 1, PacketFormat.LONGEST);
    return switch (settings.text("framing")) {
      case "lan" -> {
        if (!codec.equals(PLAIN)) {
          throw settings.refused("codec", PLAIN + " if framing is lan");
        }
        yield PacketFormat.lan(max);
      }
      case "net" -> PacketFormat.net(octet(settings, "code"), codec(settings, codec), max);
      default -> throw settings.refused("framing", "lan or net");
    };
  }

  private static PacketCodec codec(Settings settings, String codec) throws InvalidConfiguration {
    boolean length8 = settings.flag("length8");
    if (length8 && !codec.equals("chained")) {
      throw settings.refused("length8", "false unless codec is chained");
    }
    int key = octet(settings, "key");
    int key2 = octet(settings, "key2");
    return switch (codec) {
      case PLAIN -> PacketCodec.plain();
      case "xor2" -> PacketCodec.xor2(key, key2);
      case "chained" -> length8 ? PacketCodec.chainedLength8(key) : PacketCodec.chained(key);
      default -> throw settings.refused("codec", "plain, xor2 or chained");
    };
  }

  private static int octet(Settings settings, String key) throws InvalidConfiguration {
    try {
      int value = Integer.decode(settings.text(key));
      if (value >= 0 && value <= 0xff) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // refused below, as a number out of range is
    }
    throw settings.refused(key, "a number from 0 to 255, such as 119 or 0x77");
  }

  private static boolean closesFast(Settings settings) throws InvalidConfiguration {
    return switch (settings.text("over.rate")) {
      case "wait" -> false;
      case "close" -> true;
      default -> throw settings.refused("over.rate", "wait or close");
    };
  }

  /** Whether packets are disguised, and not encrypted. */
  boolean isDisguised() {
    return !codec.equals(PLAIN);
  }
}
