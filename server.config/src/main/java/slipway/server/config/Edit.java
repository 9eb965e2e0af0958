package slipway.server.config;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import slipway.config.InvalidConfiguration;
import slipway.server.config.Reading.Definition;
import slipway.server.config.text.IniText;
import slipway.server.config.text.KeyedText;

/**
 * A change of a file.
 *
 * @param file the file
 * @param before its text; null if there is none
 * @param after its text then; null to delete it
 */
record Edit(ConfFile file, String before, String after) {

  /**
   * The edits that give a configuration other values.
   *
   * @param home the file that defines it; null if none does
   * @param text that file's text
   * @param change from the values in the file to those wanted
   * @throws InvalidConfiguration if the text is malformed or cannot hold a value; names the file
   */
  static List<Edit> change(
      ConfigurationId id, ConfFile home, String text, UnaryOperator<Map<String, Object>> change)
      throws InvalidConfiguration {
    if (home == null) {
      return List.of(make(id, change.apply(Map.of())));
    }
    try {
      if (!home.isIni()) {
        KeyedText keyed = KeyedText.parse(home.syntax(), text);
        return List.of(new Edit(home, text, keyed.with(change.apply(keyed.values())).text()));
      }
      IniText ini = IniText.parse(text);
      Definition definition = IniMapping.read(ini).definitions().get(id);
      if (definition == null) {
        return List.of(make(id, change.apply(Map.of())));
      }
      Map<String, Object> wanted = change.apply(definition.values());
      return IniMapping.canHold(id, wanted)
          ? List.of(new Edit(home, text, IniMapping.change(ini, id, wanted).text()))
          : List.of(make(id, wanted), new Edit(home, text, IniMapping.remove(ini, id).text()));
    } catch (InvalidConfiguration invalid) {
      throw new InvalidConfiguration(ConfFolder.shown(home.name()) + ": " + invalid.getMessage());
    }
  }

  private static Edit make(ConfigurationId id, Map<String, Object> values)
      throws InvalidConfiguration {
    boolean typed = values.values().stream().anyMatch(value -> !(value instanceof String));
    ConfFile file = ConfFile.forNew(id, typed);
    String kind = id.pid().substring(id.pid().lastIndexOf('.') + 1);
    String comment =
        "# " + (kind + " " + id.name()).strip() + ", saved by the host; edit it as you like\n";
    return new Edit(file, null, KeyedText.parse(file.syntax(), comment).with(values).text());
  }

  /**
   * The edit that removes a configuration.
   *
   * @param home the file that defines it
   * @param text that file's text
   * @throws InvalidConfiguration if the text is malformed
   */
  static Edit remove(ConfigurationId id, ConfFile home, String text) throws InvalidConfiguration {
    return new Edit(
        home, text, home.isIni() ? IniMapping.remove(IniText.parse(text), id).text() : null);
  }

  /**
   * Makes edits in their order, or none of them.
   *
   * @return false if another writer has changed a file meanwhile
   * @throws IOException if one fails
   */
  static boolean write(ConfFolder folder, List<Edit> edits) throws IOException {
    Deque<Edit> done = new ArrayDeque<>();
    try {
      for (Edit edit : edits) {
        if (!edit.write(folder)) {
          IOException changed = new IOException("a file was changed meanwhile");
          undo(folder, done, changed);
          return false;
        }
        done.push(edit);
      }
      return true;
    } catch (IOException failure) {
      undo(folder, done, failure);
      throw failure;
    }
  }

  /** Undoes edits in the order given; what cannot be undone is added to {@code cause}. */
  static void undo(ConfFolder folder, Iterable<Edit> edits, IOException cause) {
    for (Edit edit : edits) {
      try {
        new Edit(edit.file, edit.after, edit.before).write(folder);
      } catch (IOException failure) {
        cause.addSuppressed(failure);
      }
    }
  }

  private boolean write(ConfFolder folder) throws IOException {
    return Objects.equals(before, after) || folder.replace(file.name(), before, after);
  }
}
