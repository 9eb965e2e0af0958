package slipway.services.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import slipway.text.Unknown;
import slipway.text.VisibleText;

/**
 * Draws a zone with characters: a player is the first letter of its name, several at one place are
 * their number, and {@code #} stands for ten or more. Below are their names and places.
 *
 * <pre>
 *  meadow: 3 players
 *      +0--------------999+
 *    0 |                  |
 *      |   a              |
 *  999 |              2   |
 *      +------------------+
 *  a ann 210,340   b bob 789,998   c cid 790,990
 * </pre>
 */
final class ZoneMap {

  /** No character before this one takes two columns. */
  private static final int FIRST_WIDE = 0x1100;

  private static final String MARGIN = "    ";
  private static final String GAP = "   ";
  private static final int BORDERS = 2;
  private static final int MOST_DIGIT = 9;

  /** As wide as a name may be, with its letter and its place. */
  private static final int MOST_OF_A_NAME = 12;

  private final String zone;
  private final List<Player> players;
  private final int columns;
  private final int rows;

  /** Makes it, for a text of so many columns and rows. */
  ZoneMap(String zone, Collection<Player> players, int columns, int rows) {
    this.zone = zone;
    this.players = players.stream().sorted(Comparator.comparing(Player::name)).toList();
    this.columns = columns;
    this.rows = rows;
  }

  List<String> draw() {
    List<String> names = names();
    List<String> lines = new ArrayList<>();
    lines.add(zone + ": " + (players.size() == 1 ? "1 player" : players.size() + " players"));
    lines.addAll(grid(columns - MARGIN.length() - BORDERS, rows - 1 - BORDERS - names.size()));
    lines.addAll(names);
    return lines;
  }

  // ---- where they are --------------------------------------------------------------------------

  private List<String> grid(int width, int height) {
    char[][] cells = new char[height][width];
    int[][] counts = new int[height][width];
    for (Player player : players) {
      int row = player.y() * height / Zones.SIZE;
      int column = player.x() * width / Zones.SIZE;
      counts[row][column]++;
      cells[row][column] = letter(name(player));
    }
    String last = Integer.toString(Zones.SIZE - 1);
    List<String> lines = new ArrayList<>();
    lines.add(MARGIN + "+0" + "-".repeat(width - 1 - last.length()) + last + "+");
    for (int row = 0; row < height; row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < width; column++) {
        line.append(shown(counts[row][column], cells[row][column]));
      }
      String label = row == 0 ? "  0 " : row == height - 1 ? last + " " : MARGIN;
      lines.add(label + "|" + line + "|");
    }
    lines.add(MARGIN + "+" + "-".repeat(width) + "+");
    return lines;
  }

  private static char shown(int count, char letter) {
    return switch (count) {
      case 0 -> ' ';
      case 1 -> letter;
      default -> count <= MOST_DIGIT ? (char) ('0' + count) : '#';
    };
  }

  /** One that takes one column and does not turn the direction of the line. */
  private static char letter(String name) {
    int first = name.isEmpty() ? ' ' : name.codePointAt(0);
    boolean plain =
        first < FIRST_WIDE
            && Character.isLetter(first)
            && Character.getDirectionality(first) == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
    return plain ? (char) first : '?';
  }

  // ---- who they are ----------------------------------------------------------------------------

  /** The names, in up to a quarter of the rows; of those for which there is no room, how many. */
  private List<String> names() {
    int most = rows / 4;
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int told = 0; // in the lines that are full
    int next = 0;
    for (Player player : players) {
      String described = described(player);
      if (!line.isEmpty() && width(line + GAP + described) > columns) {
        lines.add(line.toString());
        line.setLength(0);
        if (lines.size() == most) {
          lines.set(most - 1, "and " + (players.size() - told) + " more");
          return lines;
        }
        told = next;
      }
      line.append(line.isEmpty() ? "" : GAP).append(described);
      next++;
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private String described(Player player) {
    String name = name(player);
    return letter(name) + " " + cut(name) + " " + player.x() + "," + player.y();
  }

  /** The player has chosen it. */
  private static String name(Player player) {
    return VisibleText.of(player.name(), Unknown.REPLACED);
  }

  private String cut(String name) {
    int end = name.length();
    while (width(name.substring(0, end)) > columns - MOST_OF_A_NAME) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end);
  }

  /** How many columns a text takes at most. */
  private static int width(String text) {
    return text.codePoints().map(each -> each < FIRST_WIDE ? 1 : 2).sum();
  }
}
