package slipway.server.world;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.packet.PacketException;
import slipway.server.world.record.Input;
import slipway.server.world.record.RecordedFrame;
import slipway.world.WorldService;

/**
 * A version's rehearsal of a world that another one runs: it loads what that one has saved, and is
 * told the same for some frames, in a thread of its own. Nobody sees what it does. So it is known
 * before it takes over whether it can load the world, has all its classes, throws nothing and is
 * fast enough; and its code is compiled by then.
 */
final class Rehearsal {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** Two seconds of the world, and no more frames than these. */
  private static final int MOST_FRAMES = 50;

  private static final int SECONDS = 2;

  /** Frames that may be slow, as their code is not compiled yet: those before half are over. */
  private static final int HALF = 2;

  /** How long to wait for a frame of the world, which may be held or have failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final HostWorld world;
  private final WorldService version;
  private final String number;
  private final LongSupplier nanos;
  private final BlockingQueue<List<Input>> frames = new LinkedBlockingQueue<>();
  private final RehearsalContext context;
  private final int count;
  private Retelling told;

  /** How many frames were noted; belongs to the world's loop. */
  private int taken;

  /** Read by other threads, too. */
  private volatile int done;

  private long late;
  private long lateFrames;
  private int sessions;
  private int bytes;
  private long loadNanos;

  /** What is begun with: taken between two frames. */
  private record Start(byte[] saved, List<RehearsalSession> sessions) {}

  /**
   * Makes what has not begun.
   *
   * @param number the version's, for people
   */
  Rehearsal(HostWorld world, WorldService version, String number, LongSupplier nanos) {
    this.world = world;
    this.version = version;
    this.number = number;
    this.nanos = nanos;
    this.context = new RehearsalContext(world.spec());
    this.count = Math.clamp((long) SECONDS * world.spec().fps(), 1, MOST_FRAMES);
  }

  /** How far it is, in a few words. */
  String progress() {
    return "the rehearsal of world " + world.name() + ", frame " + done + " of " + count;
  }

  /**
   * Loads the world, of which each frame is noted from now on.
   *
   * @throws Exception if it cannot be loaded; its message is the reason
   */
  void begin() throws Exception {
    Start start = world.seat().ask(this::start);
    start.sessions().forEach(context::add);
    long before = nanos.getAsLong();
    try {
      told =
          new Retelling(
              version.load(context, new DataInputStream(new ByteArrayInputStream(start.saved()))),
              context);
    } catch (Throwable failed) {
      throw refusal("it cannot load it", failed);
    } finally {
      context.drop();
    }
    sessions = start.sessions().size();
    bytes = start.saved().length;
    loadNanos = nanos.getAsLong() - before;
    LOG.info(
        "world {}: rehearsed with {} sessions; {} bytes were loaded in {}",
        world.name(),
        sessions,
        bytes,
        millis(loadNanos));
  }

  /**
   * Plays the frames of the world, which take two seconds or so from when it began.
   *
   * @throws Exception if it fails, or is too slow; its message is the reason
   */
  void play() throws Exception {
    while (done < count) {
      List<Input> frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (frame == null) {
        break; // it does not run, so there is nothing to rehearse
      }
      play(frame);
      done = done + 1;
    }
    if (lateFrames > 0 && late / lateFrames > world.spec().period()) {
      throw new IllegalStateException(
          "world "
              + world.name()
              + ": in its rehearsal a frame takes "
              + millis(late / lateFrames)
              + ", of "
              + millis(world.spec().period()));
    }
    world
        .status()
        .story()
        .rehearsed(
            new Rehearsed(
                number, sessions, done, bytes, loadNanos, lateFrames == 0 ? 0 : late / lateFrames));
  }

  /** In the world's loop. */
  private Start start() throws Exception {
    Start start =
        new Start(
            Saving.save(world),
            world.members().list().stream()
                .map(Membership::session)
                .map(Rehearsal::absent)
                .toList());
    world.calls().record(this::take);
    return start;
  }

  private static RehearsalSession absent(HostSession session) {
    RehearsalSession absent =
        new RehearsalSession(session.id(), session.connection(), session.mode(), Witness.NOBODY);
    absent.lost(session.link().isLost());
    return absent;
  }

  /** In the world's loop. */
  private boolean take(RecordedFrame frame) {
    frames.add(frame.inputs());
    taken++;
    return taken < count;
  }

  private void play(List<Input> frame) {
    long before = nanos.getAsLong();
    try {
      frame.forEach(this::play);
    } finally {
      context.drop();
    }
    if (done >= count / HALF) {
      late += nanos.getAsLong() - before;
      lateFrames++;
    }
  }

  private void play(Input input) {
    try {
      told.tell(input);
    } catch (PacketException wrong) {
      // the peer's fault, which the version that runs the world sees, too
    } catch (Throwable failed) {
      throw refusal("its rehearsal fails with frame " + (done + 1), failed);
    }
  }

  private IllegalStateException refusal(String what, Throwable failed) {
    return new IllegalStateException(
        "world " + world.name() + ": " + what + ": " + Work.line(failed), failed);
  }

  private static String millis(long nanos) {
    return nanos / 100_000 / 10.0 + " ms";
  }
}
