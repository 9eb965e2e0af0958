package slipway.server.packet;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import slipway.packet.PacketSettings;

/** The configuration of a service's packets, {@code slipway.packet~NAME}. */
@ObjectClassDefinition(
    name = "Slipway packets",
    description =
        "How a service's packets are framed, and what its clients may do. Changes hold for"
            + " connections that come after them.")
@interface PacketConfig {

  /** The factory PID. */
  String PID = "slipway.packet";

  /** The most that {@code inbox.limit} may be. */
  int MOST_INBOX = 1 << 26;

  /** The most that {@code outbox.limit} may be. */
  int MOST_OUTBOX = 1 << 30;

  /** The most that {@code resume.buffer} may be. */
  int MOST_RESUME = 1 << 26;

  @AttributeDefinition(description = "The service whose packets they are.")
  String service() default "";

  @AttributeDefinition(
      required = false,
      description =
          "The acceptor whose connections are meant; empty: all for which there is no other"
              + " configuration.")
  String acceptor() default "";

  @AttributeDefinition(
      description =
          "lan: a length and the payload, between servers. net: code, length, key, checksum and"
              + " payload, from clients.",
      options = {@Option(label = "lan", value = "lan"), @Option(label = "net", value = "net")})
  String framing() default "lan";

  @AttributeDefinition(
      description =
          "How net packets are disguised, for clients that know nothing else. xor2 and chained are"
              + " obfuscation and not encryption.",
      options = {
        @Option(label = "plain", value = "plain"),
        @Option(label = "xor2", value = "xor2"),
        @Option(label = "chained", value = "chained")
      })
  String codec() default "plain";

  @AttributeDefinition(
      description = "With which a net packet begins, 0 to 255; hexadecimal as 0x77.")
  String code() default "0x77";

  @AttributeDefinition(description = "The fixed key of xor2 and chained, 0 to 255.")
  String key() default "0";

  @AttributeDefinition(description = "The second fixed key of xor2, 0 to 255.")
  String key2() default "0";

  @AttributeDefinition(
      description =
          "Whether chained counts the bytes of a packet in one byte, as some old clients do.")
  boolean length8() default false;

  @AttributeDefinition(
      name = "packet.max",
      type = AttributeType.INTEGER,
      min = "1",
      max = "65535",
      description = "The longest payload in bytes. A client that sends a longer one is closed.")
  int packet_max() default 2000;

  @AttributeDefinition(
      name = "heartbeat.timeout",
      description = "How long a client may send nothing before it is closed; 0 for ever.")
  String heartbeat_timeout() default "0";

  @AttributeDefinition(
      name = "packet.rate",
      type = AttributeType.INTEGER,
      min = "0",
      max = "1000000",
      description = "How many packets a client may send in a second; 0 for any number.")
  int packet_rate() default 0;

  @AttributeDefinition(
      name = "packet.burst",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000000",
      description = "How many of them may come at once.")
  int packet_burst() default 100;

  @AttributeDefinition(
      name = "over.rate",
      description =
          "What becomes of a client that sends more. wait: it is read as fast as it may send."
              + " close: it is closed.",
      options = {
        @Option(label = "wait", value = "wait"),
        @Option(label = "close", value = "close")
      })
  String over_rate() default "wait";

  @AttributeDefinition(
      name = "inbox.limit",
      type = AttributeType.INTEGER,
      min = "" + PacketSettings.LEAST_INBOX,
      max = "" + MOST_INBOX,
      description =
          "Bytes of a client that may wait for a service that takes packets in a thread of its own."
              + " Beyond, the client is read no further. Four packets may wait in any case.")
  int inbox_limit() default 16384;

  @AttributeDefinition(
      name = "outbox.limit",
      type = AttributeType.INTEGER,
      min = "" + PacketSettings.LEAST_OUTBOX,
      max = "" + MOST_OUTBOX,
      description = "Bytes that may wait for a client that does not read. Beyond, it is closed.")
  int outbox_limit() default 262144;

  @AttributeDefinition(
      name = "resume.window",
      description =
          "How long a session of a world whose connection is lost waits for its client to come"
              + " back with another one; 0: it ends with its connection.")
  String resume_window() default "0";

  @AttributeDefinition(
      name = "resume.buffer",
      type = AttributeType.INTEGER,
      min = "" + PacketSettings.LEAST_RESUME,
      max = "" + MOST_RESUME,
      description =
          "Bytes that are kept of what was sent to such a session, as a client that comes back may"
              + " lack them. If it lacks more, it cannot come back.")
  int resume_buffer() default 262144;
}
