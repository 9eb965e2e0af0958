package slipway.server.config;

import java.util.List;
import java.util.Map;

/**
 * What a file defines.
 *
 * @param definitions by configuration; empty for a file that is gone
 * @param warnings what is odd and not refused, one line each
 */
record Reading(Map<ConfigurationId, Definition> definitions, List<String> warnings) {

  /** A file that defines nothing. */
  static final Reading NOTHING = new Reading(Map.of(), List.of());

  /**
   * One configuration.
   *
   * @param where its place in the file, put before messages; empty if it is the whole file
   * @param values its values by key
   * @param yields whether it gives way to another file that defines the configuration, too
   */
  record Definition(String where, Map<String, Object> values, boolean yields) {}
}
