package slipway.bots.world;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import slipway.bots.link.Loop;

/**
 * Gives each player of an event loop its turn each 10 ms: one task for all of them, instead of one
 * for each thing that a player may have to do. Confined to the event loop.
 */
final class Rounds implements Runnable {

  private static final long PERIOD_MILLIS = 10;

  private final List<Player> players;

  Rounds(List<Player> players) {
    this.players = players;
  }

  void start(Loop loop) {
    long now = System.nanoTime();
    players.forEach(player -> player.begin(now));
    var unused = loop.events().scheduleWithFixedDelay(this, 0, PERIOD_MILLIS, MILLISECONDS);
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    for (Player player : players) {
      player.turn(now);
    }
  }
}
