package slipway.server.profile.record;

/** What an operator may do with the recording of the last minutes; the names are what is typed. */
public enum RecordTurn {
  /** Begin it. */
  on,
  /** End it. */
  off,
  /** Write what is kept. */
  save
}
