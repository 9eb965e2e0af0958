package slipway.bots.world;

import java.util.Arrays;

/**
 * The players that a player sees, and where they are: a table with open addressing, as each packet
 * of a frame names a few of them and nothing is to be made for that. Confined to the event loop.
 */
final class Neighbours {

  private static final int FEWEST = 64;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** Hears of each neighbour, in no order. */
  interface Visitor {
    void neighbour(long id, int place);
  }

  private long[] ids = new long[FEWEST];
  private int[] places = new int[FEWEST];
  private boolean[] taken = new boolean[FEWEST];
  private int size;

  /** One more is seen; false if it was seen already, and then it is moved. */
  boolean add(long id, int place) {
    int slot = slot(id);
    places[slot] = place;
    if (taken[slot]) {
      return false;
    }
    ids[slot] = id;
    taken[slot] = true;
    size++;
    if (size * 2 > ids.length) {
      grow();
    }
    return true;
  }

  /** One has moved; false if it is not seen. */
  boolean move(long id, int place) {
    int slot = slot(id);
    if (taken[slot]) {
      places[slot] = place;
    }
    return taken[slot];
  }

  /** One is not seen any more; false if it was not seen before. */
  boolean remove(long id) {
    int hole = slot(id);
    if (!taken[hole]) {
      return false;
    }
    // those that were put further on because of it move up
    for (int slot = next(hole); taken[slot]; slot = next(slot)) {
      if (way(home(ids[slot]), slot) >= way(hole, slot)) {
        ids[hole] = ids[slot];
        places[hole] = places[slot];
        hole = slot;
      }
    }
    taken[hole] = false;
    size--;
    return true;
  }

  /** Nobody is seen any more. */
  void clear() {
    Arrays.fill(taken, false);
    size = 0;
  }

  int size() {
    return size;
  }

  boolean contains(long id) {
    return taken[slot(id)];
  }

  /** Where one is that is seen. */
  int place(long id) {
    return places[slot(id)];
  }

  void forEach(Visitor visitor) {
    for (int slot = 0; slot < ids.length; slot++) {
      if (taken[slot]) {
        visitor.neighbour(ids[slot], places[slot]);
      }
    }
  }

  /** Whether these are the same players at the same places. */
  boolean areSame(Neighbours others) {
    if (size != others.size) {
      return false;
    }
    for (int slot = 0; slot < ids.length; slot++) {
      if (taken[slot] && !(others.contains(ids[slot]) && others.place(ids[slot]) == places[slot])) {
        return false;
      }
    }
    return true;
  }

  /** Where an id is, or would be. */
  private int slot(long id) {
    int slot = home(id);
    while (taken[slot] && ids[slot] != id) {
      slot = next(slot);
    }
    return slot;
  }

  private int home(long id) {
    return (int) (id * GOLDEN >>> Integer.SIZE) & ids.length - 1;
  }

  private int next(int slot) {
    return slot + 1 & ids.length - 1;
  }

  private int way(int from, int to) {
    return to - from & ids.length - 1;
  }

  private void grow() {
    long[] oldIds = ids;
    int[] oldPlaces = places;
    boolean[] oldTaken = taken;
    ids = new long[oldIds.length * 2];
    places = new int[ids.length];
    taken = new boolean[ids.length];
    size = 0;
    for (int slot = 0; slot < oldIds.length; slot++) {
      if (oldTaken[slot]) {
        add(oldIds[slot], oldPlaces[slot]);
      }
    }
  }
}
