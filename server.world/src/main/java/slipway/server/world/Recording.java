package slipway.server.world;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import slipway.server.world.record.RecordWriter;
import slipway.server.world.record.RecordedFrame;
import slipway.server.world.record.RecordedStart;

/**
 * A recording of a world that runs. The world's loop passes each frame on, and never waits: if the
 * thread that writes is too slow, the recording ends, and the world goes on.
 *
 * <pre>
 *  the world's loop ─▸ queue ─▸ the thread of the command ─▸ file
 * </pre>
 */
final class Recording implements Recorder.Listener {

  /** Ten seconds of most worlds. */
  private static final int MOST_WAITING = 250;

  private static final Duration LOOK = Duration.ofMillis(250);

  private final HostWorld world;
  private final String service;
  private final List<String> targets;
  private final BlockingQueue<RecordedFrame> frames = new ArrayBlockingQueue<>(MOST_WAITING);

  /** Why the loop passes no more on; null as long as it does. */
  private volatile String over;

  /**
   * What came of it.
   *
   * @param why it has ended
   * @param failed whether it has ended otherwise than asked for
   */
  record Result(long frames, long bytes, String why, boolean failed) {}

  /** How far it is: told from time to time. */
  interface Progress {
    void tell(long frames, long bytes, Duration left);
  }

  /**
   * Bounds of a recording.
   *
   * @param time how long it takes
   * @param bytes how long the file may become, about
   */
  record Bounds(Duration time, long bytes) {}

  /**
   * Makes what has not begun.
   *
   * @param targets the worlds that sessions can move to
   */
  Recording(HostWorld world, String service, List<String> targets) {
    this.world = world;
    this.service = service;
    this.targets = targets;
  }

  // ---- the world's loop ------------------------------------------------------------------------

  @Override
  public boolean frame(RecordedFrame frame) {
    if (over == null && !frames.offer(frame)) {
      over = "the disk is too slow";
    }
    return over == null;
  }

  @Override
  public boolean over(String why) {
    over = over == null ? why : over;
    return false;
  }

  private RecordedStart start() throws IOException {
    if (!world.isRunning()) {
      throw new IllegalStateException("it is " + world.status().state());
    }
    RecordedStart start =
        new RecordedStart(
            service,
            world.name(),
            world.tenure().version(),
            Instant.now(),
            world.schedule().fps(),
            world.kind(),
            targets,
            world.members().list().stream().map(Recording::present).toList(),
            Saving.save(world));
    world.calls().record(this);
    return start;
  }

  private static RecordedStart.Present present(Membership member) {
    HostSession session = member.session();
    return new RecordedStart.Present(session.id(), session.connection(), session.mode());
  }

  // ---- the thread of the command ---------------------------------------------------------------

  /**
   * Records until the time is over, something ends it, or this thread is interrupted, which is
   * interrupted then still.
   *
   * @param file must not be there
   * @throws Exception if nothing is recorded: the world cannot be saved, or the file not be made
   */
  Result write(Path file, Bounds bounds, Progress progress) throws Exception {
    RecordedStart start = world.seat().ask(this::start);
    try (RecordWriter out = new RecordWriter(file, start)) {
      Result result = write(out, bounds, progress);
      out.end(result.why());
      return result;
    } finally {
      over("it is written no more");
    }
  }

  private Result write(RecordWriter out, Bounds bounds, Progress progress) throws IOException {
    long end = System.nanoTime() + bounds.time().toNanos();
    try {
      while (true) {
        long left = end - System.nanoTime();
        RecordedFrame frame = frames.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (frame != null) {
          out.frame(frame);
        } else if (over != null) {
          return result(out, over, true);
        }
        if (left <= 0) {
          return result(out, "its time is over", false);
        }
        if (out.size() >= bounds.bytes()) {
          return result(out, "it is as large as it may be", true);
        }
        progress.tell(out.frames(), out.size(), Duration.ofNanos(left));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return result(out, "it was interrupted", false);
    }
  }

  private static Result result(RecordWriter out, String why, boolean failed) {
    return new Result(out.frames(), out.size(), why, failed);
  }
}
