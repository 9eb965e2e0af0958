package slipway.server.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import slipway.server.core.life.BundleFramework;
import slipway.service.Audience;

/** Which services are for operators, as bundles come, change and go in a real framework. */
class OperatorBundlesTest {

  private static final String FOR_OPERATORS = "slipway.service;name=metrics;audience=operators";
  private static final String FOR_ALL = "slipway.service;name=metrics";

  @TempDir private Path cache;
  private BundleFramework framework;
  private OperatorServices services;

  @BeforeEach
  void start() throws Exception {
    framework = new BundleFramework(cache);
    services = new OperatorServices(framework.context());
  }

  @AfterEach
  void stop() throws Exception {
    services.deactivate();
    framework.end();
  }

  private Bundle install(String provided) throws Exception {
    return framework.install("bundle", Map.of("Provide-Capability", provided), "");
  }

  /** The same bundle, in its next version. */
  private static InputStream next(String provided) throws Exception {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "bundle");
    headers.putValue("Bundle-Version", "2.0.0");
    headers.putValue("Provide-Capability", provided);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slipway.service;name=metrics;audience=operators | OPERATORS",
        "slipway.service;name=metrics;audience=OPERATORS | OPERATORS",
        "slipway.service;name=metrics;audience=users     | USERS",
        "slipway.service;name=metrics;audience=nonsense  | USERS",
        "slipway.service;name=metrics                    | USERS",
        "slipway.service;name=other;audience=operators   | USERS",
        "slipway.service;audience=operators              | USERS",
        "another;name=metrics;audience=operators         | USERS",
        "slipway.service;name=other,slipway.service;name=metrics;audience=operators | OPERATORS",
      })
  void theManifestSaysIt(String provided, Audience expected) throws Exception {
    install(provided);
    assertThat(services.audience("metrics")).isEqualTo(expected);
  }

  @Test
  void aBundleNeitherHasToRunNorToResolve() throws Exception {
    framework.install(
        "bundle", Map.of("Provide-Capability", FOR_OPERATORS, "Import-Package", "not.there"), "");
    assertThat(services.audience("metrics")).isEqualTo(Audience.OPERATORS);
  }

  @Test
  void oneThatWasThereBeforeCountsToo() throws Exception {
    install(FOR_OPERATORS);
    OperatorServices later = new OperatorServices(framework.context());
    assertThat(later.audience("metrics")).isEqualTo(Audience.OPERATORS);
    later.deactivate();
  }

  @Test
  void startAndStopChangeNothing() throws Exception {
    Bundle bundle = install(FOR_OPERATORS);
    bundle.start();
    assertThat(services.audience("metrics")).isEqualTo(Audience.OPERATORS);
    bundle.stop();
    assertThat(services.audience("metrics")).isEqualTo(Audience.OPERATORS);
  }

  @Test
  void anUpdateSaysItAnew() throws Exception {
    Bundle bundle = install(FOR_ALL);
    bundle.update(next(FOR_OPERATORS));
    assertThat(services.audience("metrics")).isEqualTo(Audience.OPERATORS);
    bundle.update(next(FOR_ALL));
    assertThat(services.audience("metrics")).isEqualTo(Audience.USERS);
  }

  @Test
  void whatABundleSaysGoesWithIt() throws Exception {
    Bundle bundle = install(FOR_OPERATORS);
    bundle.uninstall();
    assertThat(services.audience("metrics")).isEqualTo(Audience.USERS);
  }
}
