package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.Bundle;
import slipway.admin.DeployAdmin.Deployment;

/**
 * A version whose bundle is installed.
 *
 * @param target the file in {@code services/} that it is, or is to become
 * @param jar its content
 * @param bundle its bundle
 * @param outcome completed when it serves; failed with its reason when it was taken out
 */
record Deployed(Path target, ServiceJar jar, Bundle bundle, CompletableFuture<Deployment> outcome) {

  String service() {
    return jar.service().orElseThrow();
  }
}
