package slipway.server.world;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import slipway.command.CommandException;
import slipway.command.Text;

/**
 * What a world draws of itself. It does so between two frames, and whatever it throws is a failure
 * of the command and not of the world.
 *
 * @param columns how wide it may be
 * @param rows how high it may be
 */
record WorldMap(int columns, int rows) {

  private static final int LEAST_COLUMNS = 20;
  private static final int MOST_COLUMNS = 1000;
  private static final int LEAST_ROWS = 8;
  private static final int MOST_ROWS = 1000;

  /** How long a world may take, with what its loop does before. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private void check() throws CommandException {
    within("--columns", columns, LEAST_COLUMNS, MOST_COLUMNS);
    within("--rows", rows, LEAST_ROWS, MOST_ROWS);
  }

  private static void within(String option, int value, int least, int most)
      throws CommandException {
    if (value < least || value > most) {
      throw new CommandException(
          "worlds map: " + option + " " + value + ": allowed is " + least + " to " + most);
    }
  }

  /**
   * Has a world draw itself.
   *
   * @return lines that a terminal may be shown, none of them too long
   * @throws CommandException if it is too large or too small, or the world draws nothing, fails, or
   *     takes too long
   */
  List<String> of(HostWorld world) throws CommandException, InterruptedException {
    check();
    try {
      return world.seat().ask(() -> draw(world), PATIENCE).stream()
          .limit(rows)
          .map(this::cut)
          .toList();
    } catch (InterruptedException left) {
      throw left;
    } catch (TimeoutException late) {
      throw refusal(
          world,
          "it does not answer within " + PATIENCE.toSeconds() + " s; see: worlds loops",
          late);
    } catch (Exception failed) {
      throw refusal(world, Work.line(failed), failed);
    }
  }

  private List<String> draw(HostWorld world) throws Exception {
    Tenure tenure = world.tenure();
    if (world.status().isOver() || tenure == null) {
      throw new IllegalStateException("it is " + world.status().state() + ", and draws nothing");
    }
    return List.copyOf(tenure.world().map(columns, rows));
  }

  private String cut(String line) {
    String shown = Text.line(line);
    return shown.codePointCount(0, shown.length()) <= columns
        ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, columns));
  }

  private static CommandException refusal(HostWorld world, String why, Exception cause) {
    return new CommandException("worlds map: " + world.name() + ": " + Text.line(why), cause);
  }
}
