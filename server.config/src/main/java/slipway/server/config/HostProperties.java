package slipway.server.config;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** What the launcher has set of the framework's properties, without which nothing is kept. */
final class HostProperties {

  private static final String HOME = "slipway.home";

  private HostProperties() {}

  /**
   * A folder of the host.
   *
   * @throws IllegalStateException if it is not known where the host is
   */
  static Path folder(BundleContext context, String name) {
    return Path.of(required(context, HOME, "the host's folder"), name);
  }

  /**
   * Sees that Config Admin writes down its edits in {@link Journal}.
   *
   * @throws IllegalStateException if it does not
   */
  static void seeThatEditsAreKept(BundleContext context) {
    if (!required(context, Journal.PROPERTY, Journal.NAME).equals(Journal.NAME)) {
      throw missing(Journal.PROPERTY, Journal.NAME);
    }
  }

  private static String required(BundleContext context, String property, String allowed) {
    String value = context.getProperty(property);
    if (value == null) {
      throw missing(property, allowed);
    }
    return value;
  }

  private static IllegalStateException missing(String property, String allowed) {
    return new IllegalStateException(
        "framework property " + property + " is not set: allowed is " + allowed);
  }
}
