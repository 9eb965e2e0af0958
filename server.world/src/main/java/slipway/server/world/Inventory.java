package slipway.server.world;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * How many worlds there are, and how a version has taken them over, in words for people.
 *
 * @param worlds those worlds
 */
record Inventory(List<HostWorld> worlds) {

  static Inventory of(Collection<HostWorld> worlds) {
    return new Inventory(List.copyOf(worlds));
  }

  /** As they are; empty if there are none. */
  @Override
  public String toString() {
    if (worlds.isEmpty()) {
      return "";
    }
    int sessions = worlds.stream().mapToInt(world -> world.places().taken()).sum();
    return count(worlds.size(), "world") + " with " + count(sessions, "session");
  }

  /**
   * As a version has taken them over, between two frames of each; empty if there are none.
   *
   * @param version the version's number
   */
  String takenOver(String version) {
    List<LastTakeover> all =
        worlds.stream()
            .map(world -> world.status().story().last())
            .filter(Objects::nonNull)
            .filter(last -> last.to().equals(version))
            .toList();
    if (all.isEmpty()) {
      return toString();
    }
    return this
        + ": save took at most "
        + Millis.text(most(all, LastTakeover::saveNanos))
        + ", load "
        + Millis.text(most(all, LastTakeover::loadNanos))
        + "; "
        + rehearsed(version);
  }

  private static long most(List<LastTakeover> all, ToLongFunction<LastTakeover> value) {
    return all.stream().mapToLong(value).max().orElse(0);
  }

  private String rehearsed(String version) {
    int frames =
        worlds.stream()
            .map(world -> world.status().story().rehearsed())
            .filter(Objects::nonNull)
            .filter(rehearsed -> rehearsed.version().equals(version))
            .mapToInt(Rehearsed::frames)
            .sum();
    return frames == 0 ? "none was rehearsed" : count(frames, "frame") + " were rehearsed";
  }

  private static String count(int number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
