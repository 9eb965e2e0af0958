package slipway.world;

/** Why a session leaves a world. */
public enum Leaving {
  /** It moves to another world of its service, and stays open. */
  MOVED,
  /** It is over: its peer has left, or it was closed. */
  GONE
}
