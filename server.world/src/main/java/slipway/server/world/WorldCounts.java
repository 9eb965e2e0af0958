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
  private volatile long lateFrames;
  private volatile long received;
  private volatile long receivedBytes;
  private volatile long sent;
  private volatile long sentBytes;
  private volatile long slow;
  private volatile long failed;
  private volatile Census census = Census.NONE;

  /** Written by the thread that watches the loops. */
  private volatile long stuck;

  /**
   * What was counted at a moment.
   *
   * @param frames that were run
   * @param skipped frames that were left out, as the world was late
   * @param overruns frames that took longer than the time to the next one
   * @param late frames that were begun when the next one was due already
   * @param stuck how often it has kept its loop for a second or longer
   * @param received packets that were dealt with
   * @param receivedBytes the bytes of their payloads
   * @param sent packets that were sent, once for each session
   * @param sentBytes the bytes of their payloads
   * @param slow sessions that have ended as they did not read what they were sent
   * @param failed sessions that have ended as the service failed
   */
  record Totals(
      long frames,
      long skipped,
      long overruns,
      long late,
      long stuck,
      long received,
      long receivedBytes,
      long sent,
      long sentBytes,
      long slow,
      long failed) {}

  /**
   * A frame is over. Times are in nanoseconds.
   *
   * @param lateness from when it was due to when it was begun
   * @param length how long it took
   * @param period how long it may take
   * @param missed how many before it were left out
   */
  void frame(long lateness, long length, long period, int missed) {
    late.recordValue(Math.clamp(lateness, 0, LONGEST_NANOS));
    busy.recordValue(Math.clamp(length, 0, LONGEST_NANOS));
    frames = frames + 1;
    skipped = skipped + missed;
    overruns = overruns + (length > period ? 1 : 0);
    lateFrames = lateFrames + (lateness >= period ? 1 : 0);
  }

  /** What has come and was sent since the world was made: packets, and bytes of their payloads. */
  void packets(long in, long inBytes, long out, long outBytes) {
    received = in;
    receivedBytes = inBytes;
    sent = out;
    sentBytes = outBytes;
  }

  /** It keeps its loop; the thread that watches the loops. */
  void stuck() {
    stuck = stuck + 1;
  }

  /** A session has ended as it did not read what it was sent. */
  void slow() {
    slow = slow + 1;
  }

  /** A session has ended as the service failed. */
  void failed() {
    failed = failed + 1;
  }

  /** Its sessions were counted. */
  void census(Census counted) {
    census = counted;
  }

  /** Its sessions, as they were counted last. */
  Census census() {
    return census;
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
    return new Totals(
        frames,
        skipped,
        overruns,
        lateFrames,
        stuck,
        received,
        receivedBytes,
        sent,
        sentBytes,
        slow,
        failed);
  }
}
