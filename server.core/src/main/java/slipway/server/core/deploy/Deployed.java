package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.Bundle;

/**
 * A version whose bundle is installed.
 *
 * @param target the file in {@code services/} that it is, or is to become
 * @param jar its content, the copy that is kept
 * @param bundle its bundle
 * @param entry its entry on record
 * @param outcome completed when it serves; failed with {@link NotDeployed} when it was taken out
 */
record Deployed(
    Path target, ServiceJar jar, Bundle bundle, Entry entry, CompletableFuture<Entry> outcome) {

  String service() {
    return jar.service().orElseThrow();
  }

  boolean has(String digest) {
    return jar.digest().equals(digest);
  }

  Deployed with(Entry other) {
    return new Deployed(target, jar, bundle, other, outcome);
  }

  Deployed in(Path file) {
    return new Deployed(file, jar, bundle, entry, outcome);
  }
}
