package slipway.server.profile.top;

import java.time.Duration;
import jdk.jfr.consumer.RecordingStream;
import slipway.server.profile.jfr.Attribution;
import slipway.server.profile.jfr.CpuSamples;

/**
 * A stream of JFR's events that a {@link Tally} sums up. JFR tells that it has flushed also when
 * nothing has come, while what has come is being read; so only what follows a beat is news.
 */
public final class TallyStream implements AutoCloseable {

  /** An event that comes with each beat, whatever the threads do. */
  private static final String BEAT = "jdk.JavaThreadStatistics";

  private static final String ALLOCATIONS = "jdk.ObjectAllocationSample";

  /** What is kept on the disk for the stream, which reads it within seconds. */
  private static final Duration AGE = Duration.ofSeconds(30);

  private final CpuSamples kind;
  private final Rate rate;
  private final RecordingStream stream = new RecordingStream();
  private final long begun = System.nanoTime();
  private final Tally tally;

  /** Whether a beat has come since the last news; belongs to the stream's thread. */
  private boolean hasNews;

  /**
   * How much is asked of JFR.
   *
   * @param period how much of its time is between two samples of a thread
   * @param beat how often there is news; JFR flushes each second
   * @param allocations how many samples of them there are in a second at most
   * @param size how many bytes are kept on the disk at most
   */
  public record Rate(Duration period, Duration beat, int allocations, long size) {}

  /** Counts from now on; nothing comes before {@link #begin}. */
  public TallyStream(CpuSamples kind, Rate rate) {
    this.kind = kind;
    this.rate = rate;
    this.tally = new Tally(kind, rate.period(), ThreadUse.now(), ThreadUse.ofProcess());
  }

  /** The stream, to have it tell more before it begins. */
  public RecordingStream events() {
    return stream;
  }

  /** What has come; belongs to the stream's thread. */
  public Tally tally() {
    return tally;
  }

  /** For how long it has counted. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /**
   * Has the events come.
   *
   * @param news called by the stream's thread after each beat, when all before it is in the tally
   * @param ended called when JFR ends it, or it is closed
   */
  public void begin(Runnable news, Runnable ended) {
    stream.setReuse(false);
    stream.setMaxAge(AGE);
    stream.setMaxSize(rate.size());
    kind.set(stream.enable(kind.event()), rate.period());
    stream.onEvent(kind.event(), tally::sample);
    stream.enable(ALLOCATIONS).with("throttle", rate.allocations() + "/s");
    stream.onEvent(ALLOCATIONS, tally::allocation);
    stream.enable(BEAT).withPeriod(rate.beat());
    stream.onEvent(BEAT, beat -> hasNews = true);
    stream.enable(Attribution.VERSIONS).withPeriod(rate.beat());
    stream.onEvent(Attribution.VERSIONS, tally::version);
    stream.onFlush(() -> flush(news));
    stream.onClose(ended);
    stream.startAsync();
  }

  private void flush(Runnable news) {
    if (hasNews) {
      hasNews = false;
      tally.flush(ThreadUse.now());
      news.run();
    }
  }

  /** Ends it: no recording is left. */
  @Override
  public void close() {
    stream.close();
  }
}
