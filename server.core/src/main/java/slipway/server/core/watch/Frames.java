package slipway.server.core.watch;

import java.util.List;
import java.util.regex.Pattern;

/** The frames of a stack that is there as text only, as Java writes them. */
final class Frames {

  private static final Pattern FRAME =
      Pattern.compile("([\\w.$]+)\\.([\\w$<>]+)\\(([^:)]*)(?::(\\d+))?\\)");

  private Frames() {}

  /** Those in a text, in its order; modules are left out. */
  static List<StackTraceElement> in(String text) {
    return FRAME
        .matcher(text)
        .results()
        .map(
            frame ->
                new StackTraceElement(
                    frame.group(1),
                    frame.group(2),
                    frame.group(3),
                    frame.group(4) == null ? -1 : Integer.parseInt(frame.group(4))))
        .toList();
  }
}
