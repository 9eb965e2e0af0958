package slipway.bots.world;

import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What players decide, in so many of a hundred decisions.
 *
 * @param walk to walk somewhere
 * @param say to say something
 * @param go to go to another zone
 */
public record Mix(int walk, int say, int go) {

  /** What is decided. */
  enum Choice {
    WALK,
    SAY,
    GO,
    STAY
  }

  static final int ALL = 100;

  private static final Pattern FORM = Pattern.compile("(\\d{1,3})/(\\d{1,3})/(\\d{1,3})");

  /**
   * Reads {@code WALK/SAY/GO}.
   *
   * @throws IllegalArgumentException if it is something else; says what is allowed
   */
  public static Mix parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int walk = Integer.parseInt(matcher.group(1));
      int say = Integer.parseInt(matcher.group(2));
      int go = Integer.parseInt(matcher.group(3));
      if (walk + say + go <= ALL) {
        return new Mix(walk, say, go);
      }
    }
    throw new IllegalArgumentException(
        "allowed is WALK/SAY/GO of up to " + ALL + " decisions together, such as 75/20/5");
  }

  /** Decides. */
  Choice choose(SplittableRandom random) {
    int drawn = random.nextInt(ALL);
    if (drawn < walk) {
      return Choice.WALK;
    }
    if (drawn < walk + say) {
      return Choice.SAY;
    }
    return drawn < walk + say + go ? Choice.GO : Choice.STAY;
  }

  @Override
  public String toString() {
    return walk + "/" + say + "/" + go;
  }
}
