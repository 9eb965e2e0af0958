package slipway.server.config.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.config.InvalidConfiguration;

/** How a kind of file writes keys and values. Implementations have no state. */
public interface Syntax {

  /**
   * Cuts a text into pieces with at most one key each: an entry, a comment or an empty line, with
   * its line end. Joined, they are the text.
   */
  List<String> pieces(String text);

  /**
   * Reads a piece.
   *
   * @return the key and its value; empty for comments and empty lines
   * @throws InvalidConfiguration if it is none of them; says what is allowed
   */
  Optional<Map.Entry<String, Object>> read(String piece) throws InvalidConfiguration;

  /**
   * Writes an entry, without a line end.
   *
   * @param old the piece that it replaces, whose layout is kept; null for a new one
   * @param eol the file's line end, for values of several lines
   * @throws InvalidConfiguration if the value cannot be written
   */
  String write(String key, Object value, String old, String eol) throws InvalidConfiguration;
}
