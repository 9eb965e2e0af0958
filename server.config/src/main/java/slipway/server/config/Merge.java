package slipway.server.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import slipway.server.config.text.Values;

/**
 * An edit in Config Admin and what the file says, together.
 *
 * @param wanted the values
 * @param ofAdmin keys that both have changed, Config Admin last
 * @param ofFile keys that both have changed, the file last
 */
record Merge(Map<String, Object> wanted, Set<String> ofAdmin, Set<String> ofFile) {

  /** An edit that nothing in a file stands against. */
  static Merge alone(Map<String, Object> after) {
    return new Merge(after, Set.of(), Set.of());
  }

  /**
   * Changes the values of the file under the keys that the edit has changed, unless a person has
   * changed them in the file after it.
   *
   * @param current the values of the file
   * @param before what Config Admin held before the edit
   * @param after what it held then
   * @param laterInFile whether a person has changed a key in the file after the edit
   */
  static Merge of(
      Map<String, Object> current,
      Map<String, Object> before,
      Map<String, Object> after,
      Predicate<String> laterInFile) {
    Set<String> changed = Values.differing(before, after);
    Set<String> differing = new TreeSet<>(changed);
    differing.retainAll(Values.differing(after, current));
    // a later edit of the file counts also if it is back to what there was before
    Set<String> ofFile = new TreeSet<>(differing);
    ofFile.removeIf(laterInFile.negate());
    Set<String> ofAdmin = new TreeSet<>(differing);
    ofAdmin.retainAll(Values.differing(before, current));
    ofAdmin.removeAll(ofFile);
    changed.removeAll(ofFile);
    Map<String, Object> wanted = new TreeMap<>(current);
    for (String key : changed) {
      if (after.containsKey(key)) {
        wanted.put(key, after.get(key));
      } else {
        wanted.remove(key);
      }
    }
    return new Merge(wanted, ofAdmin, ofFile);
  }
}
