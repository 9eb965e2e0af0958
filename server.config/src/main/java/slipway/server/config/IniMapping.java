package slipway.server.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import slipway.admin.AcceptorAdmin;
import slipway.admin.ServiceAdmin;
import slipway.config.InvalidConfiguration;
import slipway.server.config.Reading.Definition;
import slipway.server.config.text.IniText;
import slipway.server.config.text.Values;
import slipway.service.ServiceNames;

/**
 * What {@code conf.ini} means: each section that {@code accept_servers} names is an acceptor, each
 * service in {@code startup} is FIXED unless a file of its own says its state, and {@code default}
 * is the service of the acceptors that have none of their own, whatever a client asks for.
 */
final class IniMapping {

  private static final String MAIN = "main";
  private static final String ACCEPT_SERVERS = "accept_servers";
  private static final String STARTUP = "startup";
  private static final String DEFAULT = "default";
  private static final Set<String> KEYS = new TreeSet<>(Set.of(ACCEPT_SERVERS, STARTUP, DEFAULT));
  private static final Map<String, Object> FIXED = Map.of("state", "FIXED");

  private IniMapping() {}

  /**
   * Reads the configurations.
   *
   * @throws InvalidConfiguration if a section is missing or a name is malformed
   */
  static Reading read(IniText ini) throws InvalidConfiguration {
    if (!ini.sections().contains(MAIN)) {
      throw new InvalidConfiguration(
          "has no section [main]: allowed is one with " + String.join(", ", KEYS));
    }
    Map<String, String> main = ini.section(MAIN);
    Map<ConfigurationId, Definition> definitions = new TreeMap<>();
    String service = main.getOrDefault(DEFAULT, "");
    String defaultService = service.isEmpty() ? "" : serviceName(DEFAULT, service);
    for (String name : names(main, ACCEPT_SERVERS)) {
      definitions.put(
          new ConfigurationId(AcceptorAdmin.PID, name),
          new Definition("[" + name + "] ", acceptor(ini, name, defaultService), false));
    }
    for (String path : names(main, STARTUP)) {
      definitions.put(
          new ConfigurationId(ServiceAdmin.PID, serviceName(STARTUP, path)),
          new Definition("[main] startup = " + path + ": ", FIXED, true));
    }
    List<String> warnings = new ArrayList<>();
    Set<String> unknown = new TreeSet<>(main.keySet());
    unknown.removeAll(KEYS);
    try {
      Checks.refuseSlips(unknown, KEYS);
    } catch (InvalidConfiguration slip) {
      throw new InvalidConfiguration("[main] " + slip.getMessage());
    }
    for (String key : unknown) {
      warnings.add(
          "[main] key " + key + " is unknown and ignored; known are " + String.join(", ", KEYS));
    }
    return new Reading(definitions, warnings);
  }

  private static Map<String, Object> acceptor(IniText ini, String name, String defaultService)
      throws InvalidConfiguration {
    if (!ini.sections().contains(name) || name.equals(MAIN)) {
      Set<String> sections = new LinkedHashSet<>(ini.sections());
      sections.remove(MAIN);
      throw new InvalidConfiguration(
          "[main] accept_servers",
          name,
          "the name of a section that is there"
              + (sections.isEmpty() ? "" : ": " + String.join(", ", sections)));
    }
    Map<String, Object> values = new TreeMap<>(ini.section(name));
    if (!defaultService.isEmpty() && !values.containsKey("service")) {
      values.put("service", defaultService);
      values.putIfAbsent("service.override", "true");
    }
    return values;
  }

  private static Set<String> names(Map<String, String> main, String key) {
    return Arrays.stream(main.getOrDefault(key, "").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A service's name from the seed's form {@code ./Services/NAME.dll}. */
  private static String serviceName(String key, String path) throws InvalidConfiguration {
    return ServiceNames.parse(path)
        .orElseThrow(
            () ->
                new InvalidConfiguration(
                    "[main] " + key,
                    path,
                    "a service such as echo or ./Services/echo.dll, of up to 64 letters, digits,"
                        + " ., _ or -"));
  }

  /** Whether the ini file can say these values; if it cannot, they need a file of their own. */
  static boolean canHold(ConfigurationId id, Map<String, Object> values) {
    return id.pid().equals(AcceptorAdmin.PID) || Values.same(values, FIXED);
  }

  /**
   * The text with other values for an acceptor that it defines; they are written into its section.
   *
   * @throws InvalidConfiguration if an ini file cannot hold a value
   */
  static IniText change(IniText ini, ConfigurationId id, Map<String, Object> wanted)
      throws InvalidConfiguration {
    IniText result = ini;
    for (String key : ini.section(id.name()).keySet()) {
      if (!wanted.containsKey(key)) {
        result = result.without(id.name(), key);
      }
    }
    if (!wanted.containsKey("service") && effective(result, id).containsKey("service")) {
      result = result.with(id.name(), "service", ""); // else it comes by default
    }
    result = write(result, id, wanted);
    // a service of its own ends what came by default, and what is still wanted of that is written
    return write(result, id, wanted);
  }

  private static IniText write(IniText ini, ConfigurationId id, Map<String, Object> wanted)
      throws InvalidConfiguration {
    Map<String, Object> current = effective(ini, id);
    IniText result = ini;
    for (Map.Entry<String, Object> entry : wanted.entrySet()) {
      if (!Values.same(entry.getValue(), current.get(entry.getKey()))) {
        result = result.with(id.name(), entry.getKey(), Values.text(entry.getValue()));
      }
    }
    return result;
  }

  private static Map<String, Object> effective(IniText ini, ConfigurationId id)
      throws InvalidConfiguration {
    return read(ini).definitions().get(id).values();
  }

  /** The text without a configuration: its name leaves {@code [main]}, its section stays. */
  static IniText remove(IniText ini, ConfigurationId id) throws InvalidConfiguration {
    boolean acceptor = id.pid().equals(AcceptorAdmin.PID);
    String key = acceptor ? ACCEPT_SERVERS : STARTUP;
    List<String> left = new ArrayList<>();
    for (String name : names(ini.section(MAIN), key)) {
      if (!(acceptor ? name : serviceName(key, name)).equals(id.name())) {
        left.add(name);
      }
    }
    return ini.with(MAIN, key, String.join(", ", left));
  }
}
