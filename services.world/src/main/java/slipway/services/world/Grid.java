package slipway.services.world;

import java.util.ArrayList;
import java.util.List;

/** The cells of a zone. */
final class Grid {

  /** How wide and high a cell is. */
  static final int CELL = 100;

  private static final int SIDE = Zones.SIZE / CELL;

  private final List<Cell> cells = new ArrayList<>();

  Grid() {
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        cells.add(new Cell(column, row));
      }
    }
    cells.forEach(cell -> cells.forEach(cell::look));
  }

  Cell at(int x, int y) {
    return cells.get(y / CELL * SIDE + x / CELL);
  }

  Cell of(Player player) {
    return at(player.x(), player.y());
  }

  List<Cell> cells() {
    return cells;
  }
}
