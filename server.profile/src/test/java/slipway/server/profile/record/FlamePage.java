package slipway.server.profile.record;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What is in the page of a flame graph. */
final class FlamePage {

  private static final Pattern NAMES =
      Pattern.compile("const cpool = \\[\n(.*?)\n];", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)',?");

  private FlamePage() {}

  /** The names of its frames. The page has of each only what differs from the one before. */
  static List<String> frames(String html) {
    List<String> names = new ArrayList<>();
    MatchResult all = NAMES.matcher(html).results().findFirst().orElseThrow();
    for (String line : all.group(1).lines().toList()) {
      String name = NAME.matcher(line).results().findFirst().orElseThrow().group(1);
      names.add(
          names.isEmpty()
              ? name
              : names.getLast().substring(0, name.charAt(0) - ' ') + name.substring(1));
    }
    return names;
  }
}
