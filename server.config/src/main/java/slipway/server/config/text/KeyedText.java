package slipway.server.config.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import slipway.config.InvalidConfiguration;

/**
 * The text of a file that holds one configuration, whose values can be changed without touching
 * comments, order, line ends or what else a person wrote. Immutable.
 */
public final class KeyedText {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * A part of the text.
   *
   * @param raw its characters, with the line end
   * @param key null for comments and empty lines
   */
  private record Piece(String raw, String key, Object value) {}

  private final Syntax syntax;
  private final String eol;
  private final List<Piece> pieces;

  private KeyedText(Syntax syntax, String eol, List<Piece> pieces) {
    this.syntax = syntax;
    this.eol = eol;
    this.pieces = pieces;
  }

  /**
   * Reads a text.
   *
   * @throws InvalidConfiguration if a line is malformed or a key is given twice; names the line
   */
  public static KeyedText parse(Syntax syntax, String text) throws InvalidConfiguration {
    List<Piece> pieces = new ArrayList<>();
    String rest = text;
    if (text.startsWith(BYTE_ORDER_MARK)) {
      pieces.add(new Piece(BYTE_ORDER_MARK, null, null));
      rest = text.substring(1);
    }
    Map<String, Integer> lines = new TreeMap<>();
    int line = 1;
    for (String raw : syntax.pieces(rest)) {
      pieces.add(read(syntax, raw, line, lines));
      line += (int) raw.chars().filter(c -> c == '\n').count();
    }
    return new KeyedText(syntax, eol(text), pieces);
  }

  private static Piece read(Syntax syntax, String raw, int line, Map<String, Integer> lines)
      throws InvalidConfiguration {
    Optional<Map.Entry<String, Object>> entry;
    try {
      entry = syntax.read(raw);
    } catch (InvalidConfiguration malformed) {
      throw new InvalidConfiguration("line " + line + ": " + malformed.getMessage());
    }
    if (entry.isEmpty()) {
      return new Piece(raw, null, null);
    }
    String key = entry.get().getKey();
    if (key.isEmpty()) {
      throw new InvalidConfiguration("line " + line + " has no key: allowed is key = value");
    }
    // Config Admin does not tell upper case from lower case
    Integer earlier = lines.put(key.toLowerCase(Locale.ROOT), line);
    if (earlier != null) {
      throw new InvalidConfiguration(
          "key "
              + Values.shown(key)
              + " is in line "
              + earlier
              + " and in line "
              + line
              + ": allowed is once");
    }
    return new Piece(raw, key, entry.get().getValue());
  }

  static String eol(String text) {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** The length of a line without its line end. */
  static int contentLength(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  /** The values by key, without those that say where a configuration is kept. */
  public Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    for (Piece piece : pieces) {
      if (piece.key() != null && !Values.isReserved(piece.key())) {
        values.put(piece.key(), piece.value());
      }
    }
    return values;
  }

  /**
   * The text with other values: changed ones in their places, new ones at the end.
   *
   * @throws InvalidConfiguration if a key or a value cannot be written so that it is read again
   */
  public KeyedText with(Map<String, Object> wanted) throws InvalidConfiguration {
    List<Piece> result = new ArrayList<>();
    Set<String> missing = new TreeSet<>(wanted.keySet());
    for (Piece piece : pieces) {
      Object value = piece.key() == null ? null : wanted.get(piece.key());
      missing.remove(piece.key() == null ? "" : piece.key());
      if (piece.key() == null
          || Values.isReserved(piece.key())
          || Values.same(piece.value(), value)) {
        result.add(piece);
      } else if (value != null) {
        String end = piece.raw().substring(contentLength(piece.raw()));
        String raw = syntax.write(piece.key(), value, piece.raw(), eol) + end;
        result.add(new Piece(raw, piece.key(), value));
      }
    }
    for (String key : missing) {
      endLastLine(result);
      String raw = syntax.write(key, wanted.get(key), null, eol) + eol;
      result.add(new Piece(raw, key, wanted.get(key)));
    }
    KeyedText changed = new KeyedText(syntax, eol, result);
    refuseOthersThan(wanted, parse(syntax, changed.text()).values());
    return changed;
  }

  /** A key that is part of a line may make another line of it. */
  private static void refuseOthersThan(Map<String, Object> wanted, Map<String, Object> written)
      throws InvalidConfiguration {
    Map<String, Object> stripped = new TreeMap<>();
    wanted.forEach(
        (key, value) -> {
          if (!Values.isReserved(key)) {
            stripped.put(key, Values.text(value).strip());
          }
        });
    Map<String, Object> read = new TreeMap<>(written);
    read.replaceAll((key, value) -> Values.text(value).strip());
    for (String key : Values.differing(stripped, read)) {
      throw new InvalidConfiguration(
          "key "
              + Values.shown(key)
              + " cannot be written: allowed are a key and a value that a file can hold");
    }
  }

  private void endLastLine(List<Piece> result) {
    if (!result.isEmpty()) {
      Piece last = result.getLast();
      boolean ended = contentLength(last.raw()) < last.raw().length();
      if (!ended && !last.raw().equals(BYTE_ORDER_MARK)) {
        result.set(result.size() - 1, new Piece(last.raw() + eol, last.key(), last.value()));
      }
    }
  }

  public String text() {
    return pieces.stream().map(Piece::raw).collect(Collectors.joining());
  }
}
