package slipway.server.core.deploy;

import org.osgi.framework.Bundle;

/**
 * A library whose bundle is installed. The bundle stays the same when its content is replaced.
 *
 * @param bundle its bundle
 * @param jar its content, the copy that is kept
 */
record Library(Bundle bundle, ServiceJar jar) {

  String version() {
    return jar.version().toString();
  }

  boolean has(String digest) {
    return jar.digest().equals(digest);
  }

  Library with(ServiceJar other) {
    return new Library(bundle, other);
  }
}
