package slipway.server.config.text;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import slipway.config.InvalidConfiguration;

/**
 * {@code .cfg}: lines as {@link Properties} reads them, in UTF-8; white space at the end of a value
 * does not count.
 */
public final class CfgSyntax implements Syntax {

  @Override
  public List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = endOfLine(text, start);
      if (!isComment(text.substring(start, end))) {
        int line = start;
        while (end < text.length() && continues(text.substring(line, end))) {
          line = end;
          end = endOfLine(text, line);
        }
      }
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }

  private static int endOfLine(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return i + 1;
      }
      if (c == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      }
    }
    return text.length();
  }

  private static boolean isComment(String line) {
    String stripped = line.strip();
    return stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith("!");
  }

  /** Whether a line ends with an odd number of backslashes. */
  private static boolean continues(String line) {
    int end = KeyedText.contentLength(line);
    int backslashes = 0;
    while (backslashes < end && line.charAt(end - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  @Override
  public Optional<Map.Entry<String, Object>> read(String piece) throws InvalidConfiguration {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(piece));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidConfiguration(
          "a \\u without four hexadecimal digits: allowed is \\uXXXX, or \\\\ for a backslash");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return properties.stringPropertyNames().stream()
        .findFirst()
        .map(key -> Map.entry(key, properties.getProperty(key).stripTrailing()));
  }

  @Override
  public String write(String key, Object value, String old, String eol) {
    String prefix = old == null ? escapeKey(key) : old.substring(0, startOfValue(old));
    if (prefix.endsWith(" =")) {
      prefix += " ";
    } else if (!prefix.matches("(?s).*[=:\\s]")) {
      prefix += " = ";
    }
    return (prefix + escapeValue(Values.text(value).strip())).stripTrailing();
  }

  /** By the rules of {@link Properties}: key, white space, at most one = or :, white space. */
  private static int startOfValue(String piece) {
    int end = KeyedText.contentLength(piece);
    int i = skipSpace(piece, 0, end);
    while (i < end && !isSpace(piece.charAt(i)) && "=:".indexOf(piece.charAt(i)) < 0) {
      i += piece.charAt(i) == '\\' ? 2 : 1;
    }
    i = skipSpace(piece, i, end);
    if (i < end && "=:".indexOf(piece.charAt(i)) >= 0) {
      i = skipSpace(piece, i + 1, end);
    }
    return Math.min(i, end);
  }

  private static int skipSpace(String text, int from, int end) {
    int i = from;
    while (i < end && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static String escapeKey(String key) {
    StringBuilder escaped = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (" =:#!".indexOf(c) >= 0) {
        escaped.append('\\').append(c);
      } else {
        escaped.append(escapeValue(String.valueOf(c)));
      }
    }
    return escaped.toString();
  }

  private static String escapeValue(String value) {
    StringBuilder escaped = new StringBuilder(value.length());
    for (char c : value.toCharArray()) {
      switch (c) {
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case '\f' -> escaped.append("\\f");
        default -> {
          if (Character.isISOControl(c)) {
            escaped.append(String.format("\\u%04x", (int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
