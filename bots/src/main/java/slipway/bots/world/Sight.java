package slipway.bots.world;

import io.netty.buffer.ByteBuf;

/**
 * Whom a player sees, and where: what the server has told until the last update, packet by packet,
 * to be compared with what it says when it is asked. Confined to the event loop.
 */
final class Sight {

  private final Neighbours neighbours = new Neighbours();
  private final Walker self;
  private final WorldTally tally;
  private final Witness witness;
  private long id;

  Sight(Walker self, WorldTally tally, Witness witness) {
    this.self = self;
    this.tally = tally;
    this.witness = witness;
  }

  /** The player has an id. */
  void is(long given) {
    id = given;
  }

  /** The player is in another zone, and sees nobody yet. */
  void clear() {
    neighbours.clear();
  }

  // ---- each packet -----------------------------------------------------------------------------

  void came(ByteBuf bytes, int from, int length) {
    long who = Incoming.id(bytes, from);
    if (who == id || !neighbours.add(who, Incoming.camePlace(bytes, from, length))) {
      tally.cameTwice++;
      unexpected("a player comes that is seen already", bytes, from, length);
    }
  }

  void went(ByteBuf bytes, int from, int length) {
    if (!neighbours.remove(Incoming.id(bytes, from))) {
      tally.wentTwice++;
      unexpected("a player goes that is not seen", bytes, from, length);
    }
  }

  void updated(ByteBuf bytes, int from, int length) {
    int end = from + length;
    for (int at = from + Incoming.UPDATE_ENTRIES; at < end; at += Incoming.ENTRY) {
      long who = bytes.getLongLE(at);
      int place = bytes.getIntLE(at + Incoming.ENTRY_PLACE);
      if (who == id) {
        self.moved(place);
      } else if (!neighbours.move(who, place)) {
        tally.unknown++;
        unexpected("an update of a player that is not seen", bytes, from, length);
      }
    }
    self.updated(bytes, from, length);
  }

  /** Another player has said something. */
  void heard(ByteBuf bytes, int from, int length) {
    tally.heard++;
    if (!neighbours.contains(Incoming.id(bytes, from))) {
      tally.unknown++;
      unexpected("a text of a player that is not seen", bytes, from, length);
    }
  }

  private void unexpected(String what, ByteBuf bytes, int from, int length) {
    witness.wrong(what, Witness.NOTHING, bytes, from, length);
  }

  // ---- in the end ------------------------------------------------------------------------------

  /**
   * The server says what the player sees.
   *
   * @param number of the look that is answered
   * @param frame of the last update
   */
  void seen(int number, int frame, ByteBuf bytes, int from, int length) {
    boolean right =
        Incoming.number(bytes, from) == number
            && bytes.getIntLE(from + Incoming.SEEN_FRAME) == frame
            && bytes.getIntLE(from + Incoming.SEEN_PLACE) == self.place()
            && areSeen(bytes, from, length);
    if (!right) {
      tally.wrongLooks++;
      witness.wrong(
          "what the player sees",
          target -> writeSeen(target, number, frame, bytes, from, length),
          bytes,
          from,
          length);
    }
  }

  private boolean areSeen(ByteBuf bytes, int from, int length) {
    Neighbours others = new Neighbours();
    int end = from + length;
    for (int at = from + Incoming.SEEN_ENTRIES; at < end; at += Incoming.ENTRY) {
      if (!others.add(bytes.getLongLE(at), bytes.getIntLE(at + Incoming.ENTRY_PLACE))) {
        return false;
      }
    }
    return neighbours.areSame(others);
  }

  /** Writes what the player knows; those that the server names, too, in the server's order. */
  private void writeSeen(
      ByteBuf target, int number, int frame, ByteBuf bytes, int from, int length) {
    Incoming.writeSeen(target, number, frame, self.place(), neighbours.size());
    Neighbours named = new Neighbours();
    int end = from + length;
    for (int at = from + Incoming.SEEN_ENTRIES; at < end; at += Incoming.ENTRY) {
      long who = bytes.getLongLE(at);
      if (neighbours.contains(who) && named.add(who, 0)) {
        Incoming.writeEntry(target, who, neighbours.place(who));
      }
    }
    neighbours.forEach(
        (who, place) -> {
          if (!named.contains(who)) {
            Incoming.writeEntry(target, who, place);
          }
        });
  }

  /** Writes what the server should have said. */
  void writeSeen(ByteBuf target, int number, int frame) {
    Incoming.writeSeen(target, number, frame, self.place(), neighbours.size());
    neighbours.forEach((who, place) -> Incoming.writeEntry(target, who, place));
  }
}
