package slipway.server.world;

/** What arrives at a world, and is dealt with at the start of its next frame. */
sealed interface Mail {

  /** A session comes, with what the world before has given it. */
  record Arrival(HostSession session, byte[] ticket) implements Mail {}

  /** Another world has told something. */
  record Message(String from, byte[] message) implements Mail {}

  /** Work is done. */
  record Answer(String tag, byte[] answer) implements Mail {}

  /** Work has failed. */
  record NoAnswer(String tag, String reason) implements Mail {}

  /** The connection of a session that was over is closed; told says whether the world had it. */
  record Released(HostSession session, boolean told) implements Mail {}
}
