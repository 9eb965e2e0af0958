package slipway.server.core.connection;

import java.util.List;
import slipway.service.Handlers.Described;

/**
 * The names of the handlers that a version has described for a connection; nothing of the version.
 *
 * @param kept of those that stay in it
 * @param added of those that go with the version
 */
record Description(List<String> kept, List<String> added) {

  /** Of a version that adds its handlers by itself. */
  static final Description NONE = new Description(List.of(), List.of());

  static Description of(List<Described> handlers) {
    return new Description(names(handlers, true), names(handlers, false));
  }

  private static List<String> names(List<Described> handlers, boolean stay) {
    return handlers.stream()
        .filter(handler -> handler.stays() == stay)
        .map(Described::name)
        .toList();
  }
}
