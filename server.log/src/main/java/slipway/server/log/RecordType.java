package slipway.server.log;

import static java.util.Map.entry;

import java.util.Map;
import java.util.TreeMap;

/** Which part of the host a record comes from: the one place that decides it. */
final class RecordType {

  private static final String SERVICES = "slipway.services.";
  private static final String ROOMS = "slipway.server.";

  /**
   * Types by the beginning of the logger's name; the longest that fits counts. The rooms of the
   * host are not here, as they are called like their types.
   */
  private static final Map<String, String> PREFIXES =
      new TreeMap<>(
          Map.ofEntries(
              entry("slipway", "core"),
              entry("slipway.server.core.deploy", "deploy"),
              entry("slipway.server.core.unload", "deploy"),
              entry("slipway.shell", "shell"),
              entry("com.zaxxer.hikari", "data"),
              entry("org.h2", "data"),
              entry("h2database", "data"),
              entry("org.mariadb", "data"),
              entry("io.netty", "network"),
              entry("org.apache.felix", "framework"),
              entry("org.osgi", "framework"),
              entry("org.ops4j", "framework")));

  private RecordType() {}

  /**
   * The type of a record.
   *
   * @param logger the logger's name
   * @param service the service that the logging bundle provides; empty if it provides none
   */
  static String of(String logger, String service) {
    if (!service.isEmpty()) {
      return "service/" + service;
    }
    if (logger.startsWith(SERVICES)) {
      return "service/" + logger.substring(SERVICES.length()).split("\\.", 2)[0];
    }
    String name = logger;
    while (!name.isEmpty()) {
      String type = PREFIXES.get(name);
      if (type == null && name.lastIndexOf('.') == ROOMS.length() - 1 && name.startsWith(ROOMS)) {
        type = name.substring(ROOMS.length());
      }
      if (type != null) {
        return type;
      }
      name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
    return "other";
  }
}
