package slipway.server.profile.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.FlightRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.server.profile.jfr.CpuSamples;
import slipway.server.profile.jfr.Owner;
import slipway.server.profile.jfr.Repository;
import slipway.server.profile.jfr.TestVersion;
import slipway.server.profile.jfr.VersionEvents;

/** Two versions with the same classes, and what a real recording tells of them. */
@Timeout(300)
class SamplingTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final double TOLERANCE = 20;

  /** Processor time of each, in nanoseconds, by which it can be told that the figures are right. */
  private static final long ENOUGH = 4_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  private TestVersion burns;
  private TestVersion allocates;
  private VersionEvents versions;
  private Profiler profiler;

  @BeforeEach
  void begin() throws Exception {
    burns = new TestVersion("1.0.0", false);
    allocates = new TestVersion("1.1.0", true);
    versions = new VersionEvents(() -> TestVersion.known(burns, allocates));
    profiler = new Profiler(new Repository(folder.resolve("jfr")), versions, List::of);
  }

  @AfterEach
  void end() throws Exception {
    profiler.deactivate();
    versions.end();
    burns.end();
    allocates.end();
  }

  private static Measurement until(Sampling sampling, Predicate<Measurement> enough)
      throws InterruptedException {
    Measurement now = Measurement.NONE;
    while (!enough.test(now)) {
      Measurement next = sampling.after(now, PATIENCE);
      assertThat(next).as("the stream goes on").isNotSameAs(now);
      now = next;
    }
    return now;
  }

  private static Usage of(Measurement measurement, Owner owner) {
    return measurement.usages().getOrDefault(owner, Usage.NONE);
  }

  private static long cpu(TestVersion version) {
    return THREADS.getThreadCpuTime(version.thread().threadId());
  }

  /** What the threads themselves have counted. */
  private record Truth(long burnt, long other, long bytes) {

    Truth since(Truth earlier) {
      return new Truth(burnt - earlier.burnt, other - earlier.other, bytes - earlier.bytes);
    }
  }

  private Truth truth() {
    return new Truth(
        cpu(burns), cpu(allocates), THREADS.getThreadAllocatedBytes(allocates.thread().threadId()));
  }

  /** Between two measurements, and at the same two moments. */
  @ParameterizedTest
  @EnumSource(CpuSamples.class)
  void twoVersionsWithTheSameClassesAreToldApartByWhatTheirThreadsUse(CpuSamples kind)
      throws Exception {
    CpuSamples used = CpuSamples.best() == CpuSamples.CPU_TIME ? kind : CpuSamples.EXECUTION;
    Measurement part;
    Truth truth;
    try (Sampling sampling = profiler.begin(used)) {
      Measurement first = until(sampling, this::bothAreSeen);
      Truth before = truth();
      Measurement last =
          until(
              sampling,
              now ->
                  of(now.since(first), burns.owner()).cpu() > ENOUGH
                      && of(now.since(first), allocates.owner()).cpu() > ENOUGH);
      truth = truth().since(before);
      part = last.since(first);
    }
    Usage one = of(part, burns.owner());
    Usage other = of(part, allocates.owner());
    assertThat((double) one.cpu()).isCloseTo(truth.burnt(), withinPercentage(TOLERANCE));
    assertThat((double) other.cpu()).isCloseTo(truth.other(), withinPercentage(TOLERANCE));
    assertThat((double) other.allocated()).isCloseTo(truth.bytes(), withinPercentage(TOLERANCE));
    assertThat(one.allocated()).isLessThan(other.allocated() / 100);
  }

  private boolean bothAreSeen(Measurement now) {
    return of(now, burns.owner()).cpu() > 0
        && of(now, allocates.owner()).cpu() > 0
        && of(now, allocates.owner()).allocated() > 0;
  }

  @Test
  void noRecordingIsLeftWhenTheBundleStops() throws Exception {
    Sampling sampling = profiler.begin();
    Measurement first = until(sampling, now -> now.elapsed() > 0);
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).hasSize(1);
    profiler.deactivate();
    Measurement last = sampling.after(first, PATIENCE);
    while (last != sampling.after(last, PATIENCE)) {
      last = sampling.after(last, PATIENCE);
    }
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
  }
}
