package slipway.server.world;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import slipway.world.World;
import slipway.world.WorldService;

/**
 * A version's attempt to go on with a world. Until it is known whether the version can go on with
 * all worlds of its service, the world is held, and the version that runs it has lost nothing.
 *
 * <pre>
 *  hold ─▸ save ─▸ load ─┬─▸ take      ─▸ resume, on probation
 *                        └─▸ giveUp    ─▸ resume, as before
 * </pre>
 *
 * <p>Belongs to the world's loop.
 */
final class Attempt {

  private static final byte[] NOTHING = {};

  private final HostWorld world;
  private final Tenure before;
  private final Map<HostSession, Object> attachments = new IdentityHashMap<>();
  private Tenure next;
  private LastTakeover takeover;

  private Attempt(HostWorld world) {
    this.world = world;
    this.before = world.tenure();
  }

  /**
   * Holds a world, and has a version load what the one that runs it saves. A world that has failed
   * is made anew.
   *
   * @throws Exception if it cannot; the world is not held then
   */
  static Attempt of(HostWorld world, WorldService service, String version, HostContext context)
      throws Exception {
    Attempt attempt = new Attempt(world);
    boolean failed = world.status().is(WorldState.FAILED);
    world.status().hold();
    attempt.detach();
    try {
      long begun = world.now();
      byte[] saved = failed ? NOTHING : Saving.save(world);
      long between = world.now();
      World state =
          failed
              ? service.create(context)
              : service.load(context, new DataInputStream(new ByteArrayInputStream(saved)));
      attempt.next = new Tenure(service, version, state, context);
      attempt.takeover =
          new LastTakeover(
              attempt.before.version(),
              version,
              Instant.now(),
              saved.length,
              between - begun,
              world.now() - between,
              "on probation");
      return attempt;
    } catch (Throwable thrown) {
      attempt.giveUp();
      throw thrown;
    }
  }

  /** What is attached to sessions is the version's: the other one is to find nothing of it. */
  private void detach() {
    world
        .members()
        .forEach(member -> attachments.put(member.session(), member.session().attached()));
    attachments.keySet().forEach(session -> session.attach(null));
  }

  HostWorld world() {
    return world;
  }

  /** The version runs the world from now on; if it fails soon, the one before comes back. */
  Probation take() {
    Probation probation = new Probation(world, before, attachments);
    before.context().over(true);
    world.take(next);
    world.onProbation(probation);
    world.status().resume();
    world.status().story().taken(takeover);
    return probation;
  }

  /** The version that ran the world goes on with it. */
  void giveUp() {
    attachments.forEach(HostSession::attach);
    world.status().release();
  }
}
