package slipway.packet;

import java.time.Duration;
import java.util.Objects;

/**
 * How sessions are served. Immutable.
 *
 * @param format of the packets
 * @param heartbeat how long a peer may send nothing; zero for as long as it likes; 365 days or less
 * @param rate how many packets a peer may send in a second; 0 for as many as it likes
 * @param burst how many of them may come at once
 * @param closesFast whether a peer that sends more is closed; else it is read no further until it
 *     may send again
 * @param inboxLimit bytes that may wait for a thread of the service, in the {@link PacketInbox} of
 *     a session; four of the longest packets may in any case
 * @param outboxLimit bytes that may wait for a peer that does not read, beyond what its channel
 *     takes
 * @param resumeWindow how long a session whose connection is lost may wait for its peer to come
 *     back; zero if it ends with its connection; a day or less
 * @param resumeBuffer bytes that are kept of what was sent to such a session, for its peer may lack
 *     them
 */
public record PacketSettings(
    PacketFormat format,
    Duration heartbeat,
    int rate,
    int burst,
    boolean closesFast,
    int inboxLimit,
    int outboxLimit,
    Duration resumeWindow,
    int resumeBuffer) {

  /** The least {@link #inboxLimit}. */
  public static final int LEAST_INBOX = 1024;

  /** The least {@link #outboxLimit}. */
  public static final int LEAST_OUTBOX = 1024;

  /** The least {@link #resumeBuffer}. */
  public static final int LEAST_RESUME = 1024;

  /** The longest {@link #resumeWindow}. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(1);

  static final int USUAL_OUTBOX = 256 * 1024;

  private static final int USUAL_RESUME = 256 * 1024;

  private static final int USUAL_PACKET = 2000;
  private static final int USUAL_BURST = 100;
  private static final int USUAL_INBOX = 16 * 1024;

  /**
   * Checks that sessions can be served so.
   *
   * @throws IllegalArgumentException if they cannot; says which value is wrong, and what is allowed
   */
  public PacketSettings {
    Objects.requireNonNull(format);
    Bounds.silence("heartbeat.timeout", heartbeat);
    Bounds.least("packet.rate", rate, 0);
    Bounds.least("packet.burst", burst, 1);
    Bounds.least("inbox.limit", inboxLimit, LEAST_INBOX);
    Bounds.least("outbox.limit", outboxLimit, LEAST_OUTBOX);
    Bounds.range("resume.window", resumeWindow, Duration.ZERO, LONGEST_WINDOW);
    Bounds.least("resume.buffer", resumeBuffer, LEAST_RESUME);
  }

  /** Settings of sessions that end with their connections. */
  public PacketSettings(
      PacketFormat format,
      Duration heartbeat,
      int rate,
      int burst,
      boolean closesFast,
      int inboxLimit,
      int outboxLimit) {
    this(
        format,
        heartbeat,
        rate,
        burst,
        closesFast,
        inboxLimit,
        outboxLimit,
        Duration.ZERO,
        USUAL_RESUME);
  }

  /** The same, for sessions that may outlive their connections. */
  public PacketSettings resume(Duration window, int buffer) {
    return new PacketSettings(
        format, heartbeat, rate, burst, closesFast, inboxLimit, outboxLimit, window, buffer);
  }

  /** Whether a session may outlive its connection. */
  public boolean resumes() {
    return resumeWindow.isPositive();
  }

  /**
   * The usual: LAN packets of at most 2,000 bytes, as many as the peer likes, of which 256 KiB may
   * wait.
   */
  public static PacketSettings usual() {
    return usual(PacketFormat.lan(USUAL_PACKET));
  }

  /** The usual, for packets of another format. */
  public static PacketSettings usual(PacketFormat format) {
    return new PacketSettings(
        format, Duration.ZERO, 0, USUAL_BURST, false, USUAL_INBOX, USUAL_OUTBOX);
  }
}
