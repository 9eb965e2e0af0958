package slipway.server.log;

import java.util.Map;
import java.util.TreeMap;

/** Which part of the host a record comes from: the one place that decides it. */
final class RecordType {

  private static final String SERVICES = "slipway.services.";

  /** Types by the beginning of the logger's name; the longest that fits counts. */
  private static final Map<String, String> PREFIXES =
      new TreeMap<>(
          Map.of(
              "slipway", "core",
              "slipway.server.acceptor", "acceptor",
              "slipway.server.config", "config",
              "slipway.server.core.deploy", "deploy",
              "slipway.server.log", "log",
              "slipway.shell", "shell",
              "io.netty", "network",
              "org.apache.felix", "framework",
              "org.osgi", "framework",
              "org.ops4j", "framework"));

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
      if (type != null) {
        return type;
      }
      name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
    return "other";
  }
}
