package slipway.server.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.admin.AcceptorAdmin;
import slipway.admin.ServiceAdmin;
import slipway.config.InvalidConfiguration;
import slipway.server.config.text.CfgSyntax;
import slipway.server.config.text.IniText;
import slipway.server.config.text.KeyedText;
import slipway.server.config.text.Syntax;
import slipway.server.config.text.TypedSyntax;

/**
 * What the name of a file in {@code conf/} says: {@code PID.cfg}, {@code FACTORY-NAME.cfg} or
 * {@code FACTORY~NAME.cfg}, split at the first of {@code -} and {@code ~}; the same with {@code
 * .config}; and {@code conf.ini}.
 *
 * @param name the file's name
 * @param syntax how it is written; null for {@code conf.ini}
 */
record ConfFile(String name, Syntax syntax) {

  static final String INI = "conf.ini";

  private static final String CFG = ".cfg";
  private static final String CONFIG = ".config";
  private static final int LONGEST_NAME = 200;
  private static final String SOMETHING =
      "allowed is key = value; to remove the configuration, delete the file";

  /** The file of that name; empty if it is no configuration. Hidden files are not. */
  static Optional<ConfFile> of(String name) {
    if (name.startsWith(".")) {
      return Optional.empty();
    }
    if (name.equals(INI)) {
      return Optional.of(new ConfFile(name, null));
    }
    if (name.endsWith(CFG)) {
      return Optional.of(new ConfFile(name, new CfgSyntax()));
    }
    return name.endsWith(CONFIG)
        ? Optional.of(new ConfFile(name, new TypedSyntax()))
        : Optional.empty();
  }

  /** The names of the files in which a configuration may be defined alone. */
  static List<String> namesOf(ConfigurationId id) {
    Stream<String> stems =
        id.name().isEmpty()
            ? Stream.of(id.pid())
            : Stream.of(id.pid() + "-" + id.name(), id.pid() + "~" + id.name());
    return stems.flatMap(stem -> Stream.of(stem + CFG, stem + CONFIG)).toList();
  }

  /**
   * The file for a configuration that has none yet.
   *
   * @param typed whether it has values that are no text
   * @throws InvalidConfiguration if no file name gives this configuration
   */
  static ConfFile forNew(ConfigurationId id, boolean typed) throws InvalidConfiguration {
    String stem = id.name().isEmpty() ? id.pid() : id.pid() + "-" + id.name();
    ConfFile file = of(stem + (typed ? CONFIG : CFG)).orElseThrow(() -> unfit(id));
    boolean safe = stem.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    if (!safe || stem.length() > LONGEST_NAME || !file.id().equals(id)) {
      throw unfit(id);
    }
    return file;
  }

  private static InvalidConfiguration unfit(ConfigurationId id) {
    return new InvalidConfiguration(
        "name",
        id.name().isEmpty() ? id.pid() : id.name(),
        "what can be part of a file's name: up to "
            + LONGEST_NAME
            + " characters without / and \\, a PID without - and ~");
  }

  boolean isIni() {
    return syntax == null;
  }

  /**
   * The configuration that the file defines.
   *
   * @throws InvalidConfiguration if the file's name is malformed
   */
  ConfigurationId id() throws InvalidConfiguration {
    String stem = name.substring(0, name.lastIndexOf('.'));
    int dash = stem.indexOf('-');
    int tilde = stem.indexOf('~');
    int split = dash < 0 || tilde < 0 ? Math.max(dash, tilde) : Math.min(dash, tilde);
    if (stem.isEmpty() || split == 0 || split == stem.length() - 1) {
      throw new InvalidConfiguration(
          "the file's name: allowed is PID.cfg, FACTORY-NAME.cfg or FACTORY~NAME.cfg");
    }
    return split < 0
        ? new ConfigurationId(stem, "")
        : new ConfigurationId(stem.substring(0, split), stem.substring(split + 1));
  }

  /** Whether the file can define configurations of a PID. */
  boolean canDefine(String pid) {
    if (isIni()) {
      return pid.equals(AcceptorAdmin.PID) || pid.equals(ServiceAdmin.PID);
    }
    try {
      return id().pid().equals(pid);
    } catch (InvalidConfiguration nobodyKnows) {
      return false;
    }
  }

  /**
   * Reads what the file defines.
   *
   * @throws InvalidConfiguration if it is malformed or says nothing
   */
  Reading read(String text) throws InvalidConfiguration {
    if (text.isBlank()) {
      throw new InvalidConfiguration("is empty: " + SOMETHING);
    }
    if (isIni()) {
      return IniMapping.read(IniText.parse(text));
    }
    Map<String, Object> values = KeyedText.parse(syntax, text).values();
    if (values.isEmpty()) {
      throw new InvalidConfiguration("has no key: " + SOMETHING);
    }
    return new Reading(Map.of(id(), new Reading.Definition("", values, false)), List.of());
  }
}
