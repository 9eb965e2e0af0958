package slipway.server.world;

import io.netty.buffer.ByteBufAllocator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.packet.PacketBatch;
import slipway.packet.PacketEnd;
import slipway.packet.PacketReader;
import slipway.world.Frame;
import slipway.world.SessionMode;
import slipway.world.WorldKind;
import slipway.world.WorldSpec;

/**
 * A world that runs: its frames, and the sessions in it. The {@link Tenure} of a version is what the
 * frames are about, and can be exchanged between two of them.
 *
 * <p>Except where it is said otherwise, it belongs to the loop that it is in.
 */
final class HostWorld implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(HostWorld.class);

  private final String name;
  private final WorldKind kind;
  private final LongSupplier nanos;
  private final PacketBatch batch = new PacketBatch(ByteBufAllocator.DEFAULT);
  private final Queue<Mail> mail = new ConcurrentLinkedQueue<>();
  private final Members members = new Members();
  private final Turns turns = new Turns();
  private final Heartbeats heartbeats = new Heartbeats();
  private final Schedule schedule;
  private final WorldCounts counts = new WorldCounts();
  private final AtomicInteger places = new AtomicInteger();
  private final Calls calls;
  private final Departures departures;

  /** Where it is; changed by that one's thread. */
  private volatile FrameLoop loop;

  /** As it is configured now. */
  private volatile WorldSpec spec;

  private volatile WorldState state = WorldState.RUNNING;

  /** As it was before it was HELD. */
  private WorldState heldFrom = state;

  /** Why it is FAILED; empty if it is not. */
  private volatile String reason = "";

  /** Null before its first version has made it. */
  private volatile Tenure tenure;

  /** The version before, as long as it may have to come back; null if there is none. */
  private Probation probation;

  /** Makes it, without a version. */
  HostWorld(WorldSpec spec, FrameLoop loop, LongSupplier nanos) {
    this.name = spec.name();
    this.kind = spec.kind();
    this.spec = spec;
    this.loop = loop;
    this.nanos = nanos;
    this.schedule = new Schedule(spec.fps(), spec.overrun(), nanos.getAsLong());
    this.calls = new Calls(new Failures(name, nanos));
    this.departures = new Departures(this, members, batch, calls);
    this.heartbeats.change(spec.heartbeat().toNanos(), members, nanos.getAsLong());
  }

  // ---- for any thread --------------------------------------------------------------------------

  String name() {
    return name;
  }

  WorldKind kind() {
    return kind;
  }

  WorldSpec spec() {
    return spec;
  }

  WorldState state() {
    return state;
  }

  String reason() {
    return reason;
  }

  Tenure tenure() {
    return tenure;
  }

  WorldCounts counts() {
    return counts;
  }

  FrameLoop loop() {
    return loop;
  }

  /** Has its loop do something between two frames, whichever its loop is then. */
  @Override
  public void execute(Runnable task) {
    FrameLoop here = loop;
    here.execute(
        () -> {
          if (loop == here) {
            task.run();
          } else {
            execute(task);
          }
        });
  }

  /** Goes on in another loop. */
  void moveTo(FrameLoop other) {
    execute(
        () -> {
          loop.remove(this);
          loop = other;
          other.add(this);
        });
  }

  /** How many sessions are in it, or on their way to it. */
  int places() {
    return places.get();
  }

  /** Takes a place for a session; false if there is none, or the world runs no more. */
  boolean reserve() {
    if (isOver()) {
      return false;
    }
    int most = spec.maxSessions();
    return places.getAndUpdate(taken -> taken < most ? taken + 1 : taken) < most;
  }

  /** Gives a place back. */
  void free() {
    places.decrementAndGet();
  }

  private boolean isOver() {
    return state == WorldState.FAILED || state == WorldState.CLOSED;
  }

  /** There is something to do for a member. */
  void ready(Membership member) {
    turns.ready(member);
  }

  /** Something arrives; false if the world runs no more, and takes nothing. */
  boolean post(Mail arrived) {
    if (isOver()) {
      return false;
    }
    mail.add(arrived);
    if (isOver()) {
      execute(this::returnMail); // nobody reads it any more
    }
    return true;
  }

  // ---- for those that come and go --------------------------------------------------------------

  Calls calls() {
    return calls;
  }

  PacketBatch batch() {
    return batch;
  }

  Members members() {
    return members;
  }

  /** One leaves at the end of the frame. */
  void leaves(Membership member) {
    departures.add(member);
  }

  int fps() {
    return schedule.fps();
  }

  /** Changes how it runs, from the next frame on. */
  void change(WorldSpec other) {
    spec = other;
    schedule.change(other.fps(), other.overrun());
    heartbeats.change(other.heartbeat().toNanos(), members, nanos.getAsLong());
  }

  /** Counts what waits in the inboxes of its sessions; to be called from time to time. */
  void measure() {
    long bytes = 0;
    for (Membership member : members.list()) {
      bytes += member.session().waiting();
    }
    counts.inboxes(bytes);
  }

  // ---- frames ----------------------------------------------------------------------------------

  /** Whether its frames are run. */
  boolean isRunning() {
    return state == WorldState.RUNNING && tenure != null;
  }

  /** When its next frame is due. */
  long due() {
    return schedule.due();
  }

  /**
   * Runs the next frame, which is due.
   *
   * @param now the time
   */
  void frame(long now) {
    long late = now - schedule.due();
    Frame frame = schedule.begin(now);
    int packets = 0;
    try {
      readMail(now);
      packets = turns.run(spec.packetsPerFrame(), calls::packet);
      heartbeats.look(now, calls::timeout);
      tenure.world().update(frame);
      departures.run();
    } catch (Throwable failed) {
      failed(failed);
    }
    counts.frame(
        late,
        nanos.getAsLong() - now,
        schedule.period(),
        frame.missed(),
        packets,
        batch.packets());
    if (probation != null && probation.passes()) {
      probation = null;
    }
  }

  private void readMail(long now) throws Exception {
    for (Mail each = mail.poll(); each != null; each = mail.poll()) {
      switch (each) {
        case Mail.Arrival(HostSession session, byte[] ticket) -> arrive(session, ticket, now);
        case Mail.Message(String from, byte[] message) ->
            tenure.world().message(from, PacketReader.of(message));
        case Mail.Answer(String tag, byte[] answer) ->
            tenure.world().answer(tag, PacketReader.of(answer));
        case Mail.NoAnswer(String tag, String why) -> tenure.world().noAnswer(tag, why);
        case Mail.Released(HostSession session, boolean told) -> {
          session.become(SessionMode.NONE);
          if (told) {
            calls.released(session);
          }
        }
      }
    }
  }

  private void arrive(HostSession session, byte[] ticket, long now) {
    Membership member = new Membership(session, this, now);
    members.add(member);
    heartbeats.add(member, now);
    session.joins(member);
    if (session.isGone()) {
      member.leaves();
      return;
    }
    if (kind == WorldKind.GAME) {
      session.become(SessionMode.GAME);
    }
    member.known = true;
    if (!calls.join(session, ticket)) {
      member.known = false;
    }
  }

  // ---- versions --------------------------------------------------------------------------------

  /** A version runs it from now on. */
  void take(Tenure version) {
    tenure = version;
    calls.call(version);
  }

  /** No frame is run until {@link #resume} or {@link #release}, as another version may take over. */
  void hold() {
    heldFrom = state;
    become(WorldState.HELD);
  }

  /** Frames are run again, by another version; nothing happens if it has been closed. */
  void resume() {
    if (state == WorldState.HELD) {
      reason = "";
      become(WorldState.RUNNING);
    }
  }

  /** It goes on as before; nothing happens if it has been closed. */
  void release() {
    if (state == WorldState.HELD) {
      become(heldFrom);
    }
  }

  /** The version is new, and the one before comes back if it fails soon. */
  void onProbation(Probation before) {
    probation = before;
  }

  private void become(WorldState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("world " + name + " is " + state + ", not to be " + next);
    }
    state = next;
  }

  // ---- the end ---------------------------------------------------------------------------------

  private void failed(Throwable failed) {
    if (probation != null) {
      Probation before = probation;
      probation = null;
      before.comesBack(failed);
      return;
    }
    LOG.error("world {}: it has failed, and runs no more", name, failed);
    reason = Work.line(failed);
    become(WorldState.FAILED);
    turnOut(PacketEnd.FAILED);
  }

  /** Its service has stopped. */
  void close() {
    if (state != WorldState.CLOSED) {
      become(WorldState.CLOSED);
      turnOut(PacketEnd.CLOSED);
    }
  }

  /** Closes all sessions. */
  private void turnOut(PacketEnd why) {
    for (Membership member : members.list()) {
      member.known = false; // its version is called no more
      member.session().close(why);
      member.leaves();
    }
    departures.run();
    returnMail();
  }

  /** What arrives at a world that runs no more. */
  private void returnMail() {
    for (Mail each = mail.poll(); each != null; each = mail.poll()) {
      if (each instanceof Mail.Arrival(HostSession session, byte[] ticket)) {
        Departures.turnAway(this, session);
      } else if (each instanceof Mail.Released(HostSession session, boolean told)) {
        session.become(SessionMode.NONE);
      }
    }
  }
}
