package slipway.server.world;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import slipway.packet.Packet;
import slipway.packet.PacketEnd;
import slipway.packet.PacketException;
import slipway.server.world.record.Deeds;
import slipway.server.world.record.Input;
import slipway.server.world.record.RecordReader;
import slipway.server.world.record.RecordedFrame;
import slipway.server.world.record.RecordedStart;
import slipway.world.Overrun;
import slipway.world.WorldService;
import slipway.world.WorldSpec;

/**
 * Tells a version what a recording has, as fast as it can, and compares what it does. Nobody sees
 * anything of it. Confined to one thread, which may block.
 */
final class Replay {

  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 2;
  private static final int MOST_SESSIONS = WorldSpec.MOST_SESSIONS;

  private final RecordReader recording;
  private final WorldService version;
  private final LongSupplier nanos;
  private final Histogram before = new Histogram(LONGEST_NANOS, DIGITS);
  private final Histogram now = new Histogram(LONGEST_NANOS, DIGITS);
  private final RehearsalContext context;
  private Deeds expected = new Deeds();
  private Deeds deeds = new Deeds();

  /** The number of the frame of the world that is played. */
  private long number = -1;

  private long frames;
  private String difference = "";
  private String failure = "";
  private long failures;

  /**
   * What came of it. Times are in nanoseconds.
   *
   * @param frames that were played
   * @param difference where the version did something else first, in words; empty if nowhere
   * @param failure what it has thrown first, and in which frame; empty if nothing
   * @param failures how often it has thrown something
   * @param before how long frames took when they were recorded
   * @param now how long they take with this version
   * @param end why the recording has ended
   * @param whole whether the file is
   */
  record Report(
      RecordedStart start,
      long frames,
      String difference,
      String failure,
      long failures,
      Histogram before,
      Histogram now,
      String end,
      boolean whole) {

    /** Whether the version does the same. */
    boolean isSame() {
      return difference.isEmpty() && failure.isEmpty();
    }
  }

  Replay(RecordReader recording, WorldService version, LongSupplier nanos) {
    this.recording = recording;
    this.version = version;
    this.nanos = nanos;
    this.context = new RehearsalContext(spec(recording.start()), new Watching());
  }

  private static WorldSpec spec(RecordedStart start) {
    WorldSpec usual =
        switch (start.kind()) {
          case AUTH -> WorldSpec.auth(start.world());
          case GAME -> WorldSpec.game(start.world());
        };
    return usual.fps(start.fps()).overrun(Overrun.skip()).maxSessions(MOST_SESSIONS);
  }

  /** Notes what the version does, and answers as the host has answered then. */
  private final class Watching implements Witness {
    @Override
    public void sent(long session, Deeds.Kind kind, Packet packet, long key) {
      deeds.sent(session, kind, packet, key);
    }

    @Override
    public void did(long session, Deeds.Kind kind, String what, byte... bytes) {
      deeds.did(session, kind, what, bytes);
      if (kind == Deeds.Kind.MOVE && !recording.start().targets().contains(what)) {
        throw new IllegalArgumentException("there was no world " + what + " to move to");
      }
    }

    @Override
    public boolean answered(boolean usual) {
      int place = deeds.answers();
      boolean answer = place < expected.answers() ? expected.answer(place) : usual;
      deeds.answered(answer);
      return answer;
    }

    @Override
    public byte[] given(byte... usual) {
      int place = deeds.gifts().size();
      byte[] gift = place < expected.gifts().size() ? expected.gifts().get(place) : usual;
      deeds.gave(gift);
      return gift;
    }
  }

  /**
   * Does it.
   *
   * @param progress told of each frame that is over
   * @throws CancellationException if this thread is interrupted
   * @throws IOException if the file cannot be read
   * @throws IllegalStateException if the version cannot load the state
   */
  Report run(LongConsumer progress) throws IOException {
    Retelling told = load();
    for (Optional<RecordedFrame> frame = recording.frame();
        frame.isPresent();
        frame = recording.frame()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("it was interrupted");
      }
      boolean goesOn = play(told, frame.get());
      frames++;
      progress.accept(frames);
      if (!goesOn) {
        return report("the world has failed");
      }
    }
    return report(recording.end());
  }

  private Report report(String end) {
    return new Report(
        recording.start(),
        frames,
        difference,
        failure,
        failures,
        before,
        now,
        end,
        recording.isWhole());
  }

  private Retelling load() {
    RecordedStart start = recording.start();
    for (RecordedStart.Present present : start.sessions()) {
      context.add(
          new RehearsalSession(
              present.session(), present.connection(), present.mode(), context.witness()));
    }
    try {
      return new Retelling(
          version.load(context, new DataInputStream(new ByteArrayInputStream(start.state()))),
          context);
    } catch (Throwable failed) { // a version's defect, which is told
      throw new IllegalStateException("it cannot load the world: " + Work.line(failed), failed);
    } finally {
      context.drop();
      deeds = new Deeds();
    }
  }

  /** Plays a frame; returns whether the world goes on. */
  private boolean play(Retelling told, RecordedFrame frame) {
    expected = frame.deeds();
    deeds = new Deeds();
    boolean goesOn = true;
    long begun = nanos.getAsLong();
    try {
      for (Input input : frame.inputs()) {
        goesOn = goesOn && tell(told, input);
      }
    } finally {
      context.drop();
    }
    now.recordValue(Math.clamp(nanos.getAsLong() - begun, 0, LONGEST_NANOS));
    before.recordValue(Math.clamp(frame.nanos(), 0, LONGEST_NANOS));
    compare();
    return goesOn;
  }

  /** What is thrown for a session ends that, as in the host; returns whether the world goes on. */
  private boolean tell(Retelling told, Input input) {
    if (input instanceof Input.Stepped stepped) {
      number = stepped.frame().number();
    }
    try {
      told.tell(input);
      return true;
    } catch (Throwable failed) { // the peer's fault, or a version's defect, which is told
      long session = session(input);
      if (failed instanceof PacketException wrong && session != Deeds.NOBODY) {
        closes(session, wrong.end());
      } else {
        failures++;
        failure = failure.isEmpty() ? place() + ": " + failed : failure;
        closes(session, PacketEnd.FAILED);
      }
      if (input instanceof Input.Joined) {
        context.remove(session);
      }
      return session != Deeds.NOBODY;
    }
  }

  /** The session that something is told of. */
  private static long session(Input input) {
    return switch (input) {
      case Input.Joined joined -> joined.session();
      case Input.Said said -> said.session();
      case Input.Silent silent -> silent.session();
      case Input.Lost lost -> lost.session();
      case Input.Resumed resumed -> resumed.session();
      case Input.Left left -> left.session();
      case Input.Released released -> released.session();
      default -> Deeds.NOBODY;
    };
  }

  private void closes(long session, PacketEnd why) {
    RehearsalSession failed = context.find(session);
    if (failed != null) {
      failed.close(why);
    }
  }

  private void compare() {
    if (!difference.isEmpty()) {
      return;
    }
    Map<Long, int[]> then = expected.sums();
    Map<Long, int[]> done = deeds.sums();
    TreeSet<Long> sessions = new TreeSet<>(then.keySet());
    sessions.addAll(done.keySet());
    for (long session : sessions) {
      int[] was = then.getOrDefault(session, new int[0]);
      int[] is = done.getOrDefault(session, new int[0]);
      int first = Arrays.mismatch(was, is);
      if (first >= 0) {
        difference = place() + ", " + what(session, first + 1, was.length, is.length);
        return;
      }
    }
  }

  private String place() {
    return "frame " + (frames + 1) + (number < 0 ? "" : " (number " + number + ")");
  }

  private static String what(long session, int place, int before, int now) {
    String whom = session == Deeds.NOBODY ? "messages and work" : "session " + session;
    String more = place > now ? ", which is not sent" : place > before ? ", which is new" : "";
    return whom + ", packet " + place + " of " + before + more;
  }
}
