package slipway.server.world;

/** How a world is, and why. Written by its loop, read by any thread. */
final class WorldStatus {

  private final String world;
  private final WorldStory story;
  private volatile WorldState state = WorldState.RUNNING;

  /** Why it is FAILED; empty if it is not. */
  private volatile String reason = "";

  /** As it was before it was HELD. */
  private WorldState heldFrom = state;

  WorldStatus(String world) {
    this.world = world;
    this.story = new WorldStory(world);
  }

  WorldState state() {
    return state;
  }

  boolean is(WorldState asked) {
    return state == asked;
  }

  String reason() {
    return reason;
  }

  /** What has become of it. */
  WorldStory story() {
    return story;
  }

  /** Whether it runs no more, and takes nothing. */
  boolean isOver() {
    return state == WorldState.FAILED || state == WorldState.CLOSED;
  }

  void hold() {
    heldFrom = state;
    become(WorldState.HELD);
  }

  /** It runs, if it was held; nothing happens if it has been closed meanwhile. */
  void resume() {
    if (state == WorldState.HELD) {
      reason = "";
      become(WorldState.RUNNING);
    }
  }

  /** It is as it was before it was held; nothing happens if it has been closed meanwhile. */
  void release() {
    if (state == WorldState.HELD) {
      become(heldFrom);
    }
  }

  void fail(String why) {
    reason = why;
    become(WorldState.FAILED);
  }

  void close() {
    become(WorldState.CLOSED);
  }

  private void become(WorldState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("world " + world + " is " + state + ", not to be " + next);
    }
    state = next;
  }
}
