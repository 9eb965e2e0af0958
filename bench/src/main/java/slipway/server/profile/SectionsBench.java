package slipway.server.profile;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import slipway.profile.Section;
import slipway.profile.Timing;
import slipway.server.profile.jfr.Owner;

/**
 * What a section costs around a few nanoseconds of work: off, on for an operator, and on for a
 * recording. It is in the package of what it measures, which other bundles do not see.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SectionsBench {

  private static final int TURNS = 20;

  /** Who wants to know. */
  public enum Wanted {
    /** Nobody. */
    OFF,
    /** An operator. */
    ON,
    /** A recording of the JVM. */
    EVENT
  }

  /** Who wants to know. */
  @Param public Wanted wanted;

  private final Switch sections = new Switch();
  private final Section section = new HostSection(sections, new Owner("bench", "1.0.0"), "work");
  private Recording recording;
  private long value = 1;

  /** Turns it on. */
  @Setup
  public void turnOn() {
    switch (wanted) {
      case OFF -> {}
      case ON -> sections.turnOn(Instant.EPOCH);
      case EVENT -> {
        recording = new Recording();
        recording.enable(SectionEvent.class);
        recording.setMaxSize(64 << 20);
        recording.start();
        sections.record(true);
      }
    }
  }

  /** Ends what it began. */
  @TearDown
  public void turnOff() {
    if (recording != null) {
      recording.close();
    }
  }

  private long work() {
    long x = value;
    for (int turn = 0; turn < TURNS; turn++) {
      x = x * 6364136223846793005L + 1442695040888963407L;
    }
    value = x;
    return x;
  }

  /** The work alone. */
  @Benchmark
  public long alone() {
    return work();
  }

  /** The work in a section. */
  @Benchmark
  @SuppressWarnings("try") // the timing is there to be closed
  public long inSection() {
    try (Timing timing = section.begin()) {
      return work();
    }
  }
}
