package slipway.server.world;

import org.HdrHistogram.SingleWriterRecorder;

/**
 * What is counted of a world: its loop counts, and any thread reads. Numbers only grow, as long as
 * the host runs.
 */
final class WorldCounts {

  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 2;

  private final SingleWriterRecorder late = new SingleWriterRecorder(LONGEST_NANOS, DIGITS);
  private final SingleWriterRecorder busy = new SingleWriterRecorder(LONGEST_NANOS, DIGITS);
  private volatile long frames;
  private volatile long skipped;
  private volatile long overruns;
  private volatile long received;
  private volatile long sent;
  private volatile long slow;
  private volatile long inboxes;

  /**
   * What was counted at a moment.
   *
   * @param frames that were run
   * @param skipped frames that were left out, as the world was late
   * @param overruns frames that took longer than the time to the next one
   * @param received packets that were dealt with
   * @param sent packets that were sent, once for each session
   * @param slow sessions that have ended as they did not read what they were sent
   * @param inboxes bytes that wait in the inboxes of its sessions, as last measured
   */
  record Totals(
      long frames,
      long skipped,
      long overruns,
      long received,
      long sent,
      long slow,
      long inboxes) {}

  /**
   * A frame is over. Times are in nanoseconds.
   *
   * @param lateness from when it was due to when it was begun
   * @param length how long it took
   * @param period how long it may take
   * @param missed how many before it were left out
   * @param packets that were dealt with in it
   * @param sentInAll packets that were sent since the world was made
   */
  void frame(long lateness, long length, long period, int missed, int packets, long sentInAll) {
    late.recordValue(Math.clamp(lateness, 0, LONGEST_NANOS));
    busy.recordValue(Math.clamp(length, 0, LONGEST_NANOS));
    frames = frames + 1;
    skipped = skipped + missed;
    overruns = overruns + (length > period ? 1 : 0);
    received = received + packets;
    sent = sentInAll;
  }

  /** A session has ended as it did not read what it was sent. */
  void slow() {
    slow = slow + 1;
  }

  /** So many bytes wait in the inboxes of its sessions. */
  void inboxes(long bytes) {
    inboxes = bytes;
  }

  /** How late frames were begun; who asks takes what was recorded since it was asked last. */
  SingleWriterRecorder late() {
    return late;
  }

  /** How long frames took; who asks takes what was recorded since it was asked last. */
  SingleWriterRecorder busy() {
    return busy;
  }

  Totals totals() {
    return new Totals(frames, skipped, overruns, received, sent, slow, inboxes);
  }
}
