package slipway.server.core.dump;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.BundleContext;
import slipway.dump.kept.Bounds;
import slipway.dump.kept.DumpFolder;

/** Where the host lies, and where its dumps do. */
final class HostHome {

  private HostHome() {}

  static Path of(BundleContext context) {
    String property = context.getProperty("slipway.home");
    return Path.of(property == null ? "" : property).toAbsolutePath().normalize();
  }

  static DumpFolder dumps(BundleContext context) {
    Map<String, String> properties = new HashMap<>();
    for (String key : new String[] {Bounds.COUNT, Bounds.SIZE}) {
      String value = context.getProperty(key);
      if (value != null) {
        properties.put(key, value);
      }
    }
    return DumpFolder.of(of(context), Bounds.of(properties));
  }
}
