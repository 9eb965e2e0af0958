package slipway.bots.attack;

/** What became of the connections of one attack. Confined to the event loop of the attackers. */
final class AttackTally {

  long connects;

  /** How many the server has closed. */
  long closed;

  /** How many it has not closed in time, although it had to. */
  long tolerated;

  /** How many it has not answered in time, although it had to. */
  long ignored;

  /** What others may see. */
  AttackTally copy() {
    AttackTally copy = new AttackTally();
    copy.connects = connects;
    copy.closed = closed;
    copy.tolerated = tolerated;
    copy.ignored = ignored;
    return copy;
  }
}
