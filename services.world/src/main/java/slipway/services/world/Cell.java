package slipway.services.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A part of a zone: those in it see those in it and in the cells around it. */
final class Cell {

  private final int column;
  private final int row;
  private final List<Cell> view = new ArrayList<>();
  private final Set<Player> players = new LinkedHashSet<>();
  private final List<Player> moved = new ArrayList<>();

  Cell(int column, int row) {
    this.column = column;
    this.row = row;
  }

  /** Another one is seen from here, if it is near enough. */
  void look(Cell other) {
    if (sees(other)) {
      view.add(other);
    }
  }

  boolean sees(Cell other) {
    return Math.abs(column - other.column) <= 1 && Math.abs(row - other.row) <= 1;
  }

  /** The cells that are seen from here, this one included. */
  List<Cell> view() {
    return view;
  }

  /** Those in it. */
  Collection<Player> players() {
    return players;
  }

  /** Does something for all that are seen from here, which is for all that see those here, too. */
  void forAllInView(Consumer<Player> action) {
    for (Cell cell : view) {
      cell.players.forEach(action);
    }
  }

  void add(Player player) {
    players.add(player);
  }

  void remove(Player player) {
    players.remove(player);
  }

  // ---- in a frame ------------------------------------------------------------------------------

  /** Those that have moved in this frame and are here now. */
  List<Player> moved() {
    return moved;
  }

  /** How many that are seen from here have moved in this frame. */
  int movedInView() {
    int sum = 0;
    for (Cell cell : view) {
      sum += cell.moved.size();
    }
    return sum;
  }
}
