package slipway.server.world;

import io.netty.buffer.ByteBufAllocator;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.packet.PacketBatch;
import slipway.packet.PacketEnd;
import slipway.world.Frame;
import slipway.world.SessionMode;
import slipway.world.WorldKind;
import slipway.world.WorldSpec;

/**
 * A world that runs: its frames, and the sessions in it. The {@link Tenure} of a version is what
 * the frames are about, and can be exchanged between two of them.
 *
 * <p>Except where it is said otherwise, it belongs to the loop that it is in.
 */
final class HostWorld {

  private static final Logger LOG = LoggerFactory.getLogger(HostWorld.class);

  private final String name;
  private final WorldKind kind;
  private final LongSupplier nanos;
  private final LoopSeat seat;
  private final WorldStatus status;
  private final PacketBatch batch = new PacketBatch(ByteBufAllocator.DEFAULT);
  private final Mailbox mailbox = new Mailbox(this);
  private final Members members = new Members();
  private final Turns turns = new Turns();
  private final Heartbeats heartbeats = new Heartbeats();
  private final Schedule schedule;
  private final WorldCounts counts = new WorldCounts();
  private final Places places = new Places();
  private final Rest rest = new Rest();
  private final Calls calls;
  private final Departures departures;

  /** As it is configured now. */
  private volatile WorldSpec spec;

  /** Null before its first version has made it. */
  private volatile Tenure tenure;

  /** The version before, as long as it may have to come back; null if there is none. */
  private Probation probation;

  /** Makes it, without a version. */
  HostWorld(WorldSpec spec, FrameLoop loop, LongSupplier nanos) {
    this.name = spec.name();
    this.kind = spec.kind();
    this.spec = spec;
    this.seat = new LoopSeat(this, loop);
    this.status = new WorldStatus(name);
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

  WorldStatus status() {
    return status;
  }

  Tenure tenure() {
    return tenure;
  }

  WorldCounts counts() {
    return counts;
  }

  /** The time by which its frames are due. */
  long now() {
    return nanos.getAsLong();
  }

  /** Where it is. */
  LoopSeat seat() {
    return seat;
  }

  Places places() {
    return places;
  }

  Rest rest() {
    return rest;
  }

  /** Takes a place for a session; false if there is none, or the world runs no more. */
  boolean reserve() {
    return !status.isOver() && places.take(spec.maxSessions());
  }

  /** There is something to do for a member. */
  void ready(Membership member) {
    turns.ready(member);
  }

  /** Something arrives; false if the world runs no more, and takes nothing. */
  boolean post(Mail arrived) {
    return mailbox.post(arrived);
  }

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

  Schedule schedule() {
    return schedule;
  }

  /** Changes how it runs, from the next frame on. */
  void change(WorldSpec other) {
    spec = other;
    schedule.change(other.fps(), other.overrun());
    heartbeats.change(other.heartbeat().toNanos(), members, nanos.getAsLong());
  }

  /** Counts its sessions; to be called from time to time. */
  void measure() {
    counts.census(Census.of(kind, members, places.taken(), departures.parting()));
  }

  // ---- frames ----------------------------------------------------------------------------------

  /** Whether its frames are run. */
  boolean isRunning() {
    return status.is(WorldState.RUNNING) && tenure != null;
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
    boolean hasMail = !mailbox.isEmpty();
    try {
      mailbox.read(now);
      turns.run(spec.packetsPerFrame(), departures::look, calls::packet);
      heartbeats.look(now, calls::timeout);
      calls.update(frame);
      departures.run();
      calls.frameDone(nanos, now, "");
    } catch (Throwable failed) {
      calls.frameDone(nanos, now, Work.line(failed));
      failed(failed);
    }
    counts.frame(late, nanos.getAsLong() - now, schedule.period(), frame.missed());
    counts.packets(turns.packets(), turns.bytes(), batch.packets(), batch.bytes());
    Probation first = probation;
    if (first != null && first.isOver()) {
      probation = null;
      first.passed();
    }
    rest.frame(this, !hasMail && members.size() == 0 && mailbox.isEmpty());
  }

  /** A session arrives. */
  void arrive(HostSession session, byte[] ticket, long now) {
    Membership member = new Membership(session, this, now);
    members.add(member);
    heartbeats.add(member, now);
    session.joins(member);
    if (kind == WorldKind.GAME) {
      session.become(SessionMode.GAME);
    }
    member.known = true;
    if (rest.isSettling()) {
      session.close(PacketEnd.CLOSED);
    }
    if (!calls.join(session, ticket)) {
      member.known = false;
    }
    if (session.isGone()) { // it was lost on its way, which its world is to know
      member.leaves();
    }
  }

  /** The connection of a session that was here is closed. */
  void released(HostSession session) {
    session.become(SessionMode.NONE);
    departures.released();
  }

  // ---- versions --------------------------------------------------------------------------------

  /** A version runs it from now on. */
  void take(Tenure version) {
    tenure = version;
    calls.call(version);
  }

  /** The version is new, and the one before comes back if it fails soon. */
  void onProbation(Probation before) {
    probation = before;
  }

  boolean isOnProbation() {
    return probation != null;
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
    status.fail(Work.line(failed));
    calls.over("the world has failed: " + Work.line(failed));
    turnOut(PacketEnd.FAILED);
  }

  /** Its service has stopped. */
  void close() {
    if (!status.is(WorldState.CLOSED)) {
      status.close();
      calls.over("its service has stopped");
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
    mailbox.giveBack();
    departures.forget();
  }
}
