package slipway.bots.world;

/**
 * A place in a zone, as the four bytes that it has in a packet: x in the lower two, y in the upper
 * two. So nothing is made for a place that is read.
 */
final class Place {

  private static final int COORDINATE = 0xffff;

  private Place() {}

  static int of(int x, int y) {
    return y << Short.SIZE | x & COORDINATE;
  }

  static int x(int place) {
    return place & COORDINATE;
  }

  static int y(int place) {
    return place >>> Short.SIZE;
  }

  /** The nearest place within the zone. */
  static int within(int place) {
    return of(Math.min(x(place), Zone.SIZE - 1), Math.min(y(place), Zone.SIZE - 1));
  }

  /** How far two places are from each other in that direction in which they are farther. */
  static int distance(int one, int other) {
    return Math.max(Math.abs(x(one) - x(other)), Math.abs(y(one) - y(other)));
  }
}
