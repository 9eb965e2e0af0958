package slipway.server.config.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.cm.file.ConfigurationHandler;
import slipway.config.InvalidConfiguration;

/** {@code .config}: the typed format of Felix, read and written entry by entry by Felix itself. */
public final class TypedSyntax implements Syntax {

  @Override
  public List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = endOfPiece(text, start);
      end = end < 0 ? text.length() : end;
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }

  /** An entry ends with its line, unless a quote or a bracket is open; -1 if that never closes. */
  private static int endOfPiece(String text, int start) {
    boolean comment = text.substring(start).stripLeading().startsWith("#");
    boolean quoted = false;
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' && (comment || !quoted && depth <= 0)) {
        return i + 1;
      }
      if (comment) {
        continue;
      }
      switch (c) {
        case '\\' -> i++;
        case '"' -> quoted = !quoted;
        case '[', '(' -> depth += quoted ? 0 : 1;
        case ']', ')' -> depth -= quoted ? 0 : 1;
        default -> {}
      }
    }
    return quoted || depth > 0 ? -1 : text.length();
  }

  @Override
  public Optional<Map.Entry<String, Object>> read(String piece) throws InvalidConfiguration {
    String stripped = piece.strip();
    if (stripped.isEmpty() || stripped.startsWith("#")) {
      return Optional.empty();
    }
    try {
      Dictionary<?, ?> entry =
          ConfigurationHandler.read(
              new ByteArrayInputStream(stripped.getBytes(StandardCharsets.UTF_8)));
      if (entry.size() == 1 && endOfPiece(stripped, 0) >= 0) {
        String key = (String) entry.keys().nextElement();
        return Optional.of(Map.entry(key, entry.get(key)));
      }
    } catch (IOException | RuntimeException malformed) {
      // refused below, as a line is of which Felix makes nothing
    }
    throw new InvalidConfiguration(
        "not in the form of a .config file: allowed is key=\"text\" or key=I\"1\","
            + " with \\= for = and \\\" for \" in a value");
  }

  @Override
  public String write(String key, Object value, String old, String eol)
      throws InvalidConfiguration {
    Dictionary<String, Object> entry = new Hashtable<>();
    entry.put(key, old == null ? value : typedAs(read(old).orElseThrow().getValue(), value));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ConfigurationHandler.write(out, entry);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    String line = out.toString(StandardCharsets.UTF_8).stripTrailing().replace("\r\n", eol);
    return old == null
        ? line
        : old.substring(0, startOfValue(old)) + line.substring(afterKey(line));
  }

  /** Text becomes what the old value was, if possible: a number stays a number. */
  private static Object typedAs(Object old, Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    try {
      if (old instanceof Integer) {
        return Integer.valueOf(text);
      }
      if (old instanceof Long) {
        return Long.valueOf(text);
      }
      if (old instanceof Short) {
        return Short.valueOf(text);
      }
      return old instanceof Boolean ? (Object) Boolean.valueOf(text) : text;
    } catch (NumberFormatException notANumber) {
      return text;
    }
  }

  private static int startOfValue(String piece) {
    int i = afterKey(piece);
    while (i < piece.length() && (piece.charAt(i) == ' ' || piece.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  private static int afterKey(String piece) {
    int i = 0;
    while (piece.charAt(i) != '=') {
      i += piece.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }
}
