package slipway.server.profile.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import one.convert.Arguments;
import one.convert.JfrToFlame;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.ServiceAdmin;
import slipway.command.CommandException;
import slipway.server.profile.jfr.Attribution;
import slipway.server.profile.jfr.CpuSamples;
import slipway.server.profile.jfr.Repository;
import slipway.server.profile.jfr.VersionEvents;

/**
 * Makes flame graphs: records for some time, keeps the samples that are asked for, and has them
 * drawn as one HTML file. One at a time, within {@link #MOST_BYTES}, and never longer than it is
 * active. May be used from any thread.
 */
@Component(service = Flames.class)
public final class Flames {

  /** How much is recorded; of more than that the newest. */
  private static final long MOST_BYTES = 64 << 20;

  private static final String ALLOCATION = "jdk.ObjectAllocationSample";
  private static final Duration STEP = Duration.ofSeconds(1);

  private final Repository repository;
  private final VersionEvents versions;
  private final ServiceAdmin services;
  private final Semaphore one = new Semaphore(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** For Declarative Services. */
  @Activate
  public Flames(
      @Reference Repository repository,
      @Reference VersionEvents versions,
      @Reference ServiceAdmin services) {
    this.repository = repository;
    this.versions = versions;
    this.services = services;
  }

  @Deactivate
  void deactivate() {
    ended.countDown();
  }

  /**
   * The services that there may be something to draw of, in their order: those that are there, and
   * those that are not and have code that may run still.
   */
  SortedSet<String> services() {
    SortedSet<String> names = new TreeSet<>(versions.services());
    services.services().forEach(service -> names.add(service.name()));
    return names;
  }

  /**
   * Records, and draws.
   *
   * @param html the file of the graph, which is there and empty
   * @param told given the time that is left, each second
   * @return how many samples are in the graph
   * @throws IOException if a file cannot be written or read
   * @throws CommandException if another one is being made, there is nothing to draw, or the bundle
   *     stops; in a few words, without the command
   */
  long draw(FlameSpec spec, Path html, Consumer<Duration> told)
      throws IOException, CommandException, InterruptedException {
    if (!one.tryAcquire()) {
      throw new CommandException("another flame graph is being recorded; try again after that");
    }
    Path all = null;
    Path wanted = null;
    try {
      repository.use();
      all = repository.scratch();
      wanted = repository.scratch();
      CpuSamples kind = CpuSamples.best();
      String event = spec.isAllocation() ? ALLOCATION : kind.event();
      record(spec, kind, all, told);
      long samples = select(spec, event, all, wanted);
      if (samples == 0) {
        throw new CommandException(
            "no sample was taken"
                + (spec.service() == null ? "" : " of service " + spec.service())
                + ": it did nothing of the kind in "
                + spec.time().toSeconds()
                + " s");
      }
      write(spec, kind, wanted, html);
      return samples;
    } finally {
      one.release();
      delete(all);
      delete(wanted);
    }
  }

  private static void delete(Path made) throws IOException {
    if (made != null) {
      Files.deleteIfExists(made);
    }
  }

  private void record(FlameSpec spec, CpuSamples kind, Path file, Consumer<Duration> told)
      throws IOException, CommandException, InterruptedException {
    versions.begin();
    try (Recording recording = new Recording()) {
      recording.setMaxSize(MOST_BYTES);
      recording.setDumpOnExit(false);
      recording.enable(Attribution.VERSIONS);
      if (spec.isAllocation()) {
        recording.enable(ALLOCATION).with("throttle", "1000/s");
      } else {
        kind.set(recording.enable(kind.event()));
      }
      recording.start();
      await(spec.time(), told);
      recording.stop();
      recording.dump(file);
    }
  }

  private void await(Duration time, Consumer<Duration> told)
      throws CommandException, InterruptedException {
    Duration left = time;
    while (!left.isZero()) {
      told.accept(left);
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      if (ended.await(step.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new CommandException("the profiler has ended");
      }
      left = left.minus(step);
    }
  }

  /** Writes the samples that are asked for, and says how many there are. */
  private static long select(FlameSpec spec, String event, Path from, Path to) throws IOException {
    Attribution attribution = new Attribution();
    try (RecordingFile recording = new RecordingFile(from)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent next = recording.readEvent();
        if (next.getEventType().getName().equals(Attribution.VERSIONS)) {
          attribution.learn(next);
        }
      }
    }
    Counted wanted = new Counted(spec, event, attribution);
    try (RecordingFile recording = new RecordingFile(from)) {
      recording.write(to, wanted);
    }
    return wanted.count;
  }

  /** Whether a sample is asked for; counts those that are. */
  private static final class Counted implements Predicate<RecordedEvent> {
    private final FlameSpec spec;
    private final String event;
    private final Attribution attribution;
    private long count;

    Counted(FlameSpec spec, String event, Attribution attribution) {
      this.spec = spec;
      this.event = event;
      this.attribution = attribution;
    }

    @Override
    public boolean test(RecordedEvent sample) {
      boolean isWanted =
          sample.getEventType().getName().equals(event)
              && sample.getStackTrace() != null
              && (spec.service() == null
                  || attribution.of(sample.getStackTrace()).isOf(spec.service()));
      count += isWanted ? 1 : 0;
      return isWanted;
    }
  }

  private static void write(FlameSpec spec, CpuSamples kind, Path recording, Path html)
      throws IOException {
    Arguments how = new Arguments();
    how.alloc = spec.isAllocation();
    how.total = spec.isAllocation(); // bytes, else it counts samples
    how.cpuTime = !spec.isAllocation() && kind == CpuSamples.CPU_TIME;
    how.cpu = !spec.isAllocation() && kind != CpuSamples.CPU_TIME;
    how.dot = true;
    how.title = spec.title();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(html))) {
      JfrToFlame.parse(recording.toString(), how).dump(out);
    }
  }
}
