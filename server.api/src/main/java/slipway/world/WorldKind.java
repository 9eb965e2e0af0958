package slipway.world;

/** What a world is for. */
public enum WorldKind {
  /** Sessions enter it first, to say who they are; the modes of its sessions are those of AUTH. */
  AUTH,
  /** Sessions come to it from other worlds; the modes of its sessions are those of GAME. */
  GAME
}
