package slipway.server.world;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.world.Leaving;

/**
 * The first frames of a version that has taken a world over. If one of them fails, the version
 * before goes on from where it was when it gave the world up: it is told of the sessions that have
 * come and gone since.
 *
 * <p>Belongs to the world's loop.
 */
final class Probation {

  private static final Logger LOG = LoggerFactory.getLogger(Probation.class);

  private static final byte[] NO_TICKET = {};

  /** About a second. */
  static final int FRAMES = 25;

  private final HostWorld world;
  private final Tenure before;

  /** The sessions that were there, and what the version before had attached to them. */
  private final Map<HostSession, Object> attachments;

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private int left = FRAMES;

  Probation(HostWorld world, Tenure before, Map<HostSession, Object> attachments) {
    this.world = world;
    this.before = before;
    this.attachments = attachments;
  }

  /** Completed when it is over; failed if the version has. */
  CompletionStage<Void> end() {
    return end;
  }

  /** A frame has been run; whether it was the last one that counts. */
  boolean isOver() {
    left--;
    return left == 0;
  }

  /** It is over, and the world has let the version before go. */
  void passed() {
    world.status().story().ended("passed");
    end.complete(null);
  }

  /** A frame has failed: the version before has the world again. */
  void comesBack(Throwable failed) {
    LOG.error(
        "world {}: {} has failed with its frame {}; {} goes on from where it was",
        world.name(),
        world.tenure().version(),
        FRAMES - left + 1,
        before.version(),
        failed);
    world
        .status()
        .story()
        .ended(
            "its frame "
                + (FRAMES - left + 1)
                + " has failed: "
                + Work.line(failed)
                + "; "
                + before.version()
                + " went on");
    world.tenure().context().over(true);
    before.context().over(false);
    world.take(before);
    attachments.forEach(this::goOnOrLeave);
    world.members().list().forEach(this::joinIfNew);
    end.completeExceptionally(
        new IllegalStateException(
            "world "
                + world.name()
                + ": frame "
                + (FRAMES - left + 1)
                + " has failed: "
                + Work.line(failed)));
  }

  private void goOnOrLeave(HostSession session, Object attached) {
    session.attach(attached);
    if (world.members().find(session.id()) != session) {
      world.calls().leave(session, session.isGone() ? Leaving.GONE : Leaving.MOVED);
      session.attach(null);
    }
  }

  private void joinIfNew(Membership member) {
    if (!attachments.containsKey(member.session())) {
      member.session().attach(null);
      member.known = !member.session().isGone() && world.calls().join(member.session(), NO_TICKET);
    }
  }
}
