package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.resource.Resource;

/** What a bundle lacks, in a real framework. */
class UnresolvedTest {

  private static final String NOTHING = "it cannot be resolved: nothing provides ";

  @TempDir private Path cache;
  private BundleFramework framework;
  private Unresolved unresolved;

  @BeforeEach
  void start() throws Exception {
    framework = new BundleFramework(cache);
    unresolved = new Unresolved(framework.wiring());
  }

  @AfterEach
  void stop() throws Exception {
    framework.end();
  }

  private Bundle install(String name, String header, String value) throws Exception {
    return framework.install(name, Map.of(header, value), "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Import-Package     | no.such              | the package no.such
          Import-Package     | no.such;version=1.2  | the package no.such 1.2.0 or newer
          Import-Package     | no.such;version='"[1,2)"' | the package no.such [1.0.0,2.0.0)
          Import-Package     | org.slf4j;version='"[1,2)"' | the package org.slf4j [1.0.0,2.0.0) (there is 2.0.17)
          Import-Package     | no.a,no.b            | the package no.a and the package no.b
          Require-Capability | a.b;filter:='"(c=d)"' | the capability a.b (c=d)
          Require-Capability | osgi.ee;filter:='"(&(osgi.ee=JavaSE)(version=99))"' | the execution environment JavaSE 99
          Require-Bundle     | another;bundle-version='"[1,2)"' | the bundle another [1.0.0,2.0.0)
          Require-Bundle     | another              | the bundle another
          """)
  void whatIsMissingIsNamed(String header, String value, String missing) throws Exception {
    Bundle bundle = install("bundle", header, value.replace("'", ""));
    assertThat(unresolved.of(bundle)).contains(NOTHING + missing);
    bundle.uninstall();
    assertThat(unresolved.of(jar(header, value))).contains(NOTHING + missing);
  }

  /** What is no bundle yet. */
  private static Resource jar(String header, String value) throws Exception {
    return ResourceBuilder.build(
        "a.jar",
        Map.of(
            "Bundle-ManifestVersion",
            "2",
            "Bundle-SymbolicName",
            "a",
            header,
            value.replace("'", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Import-Package        | org.slf4j;version='"[2,3)"'
          Import-Package        | no.such;resolution:=optional
          DynamicImport-Package | no.such
          Require-Capability    | osgi.service;filter:='"(objectClass=x)"';effective:=active
          """)
  void whatIsThereOrNeedNotBeIsNotMissing(String header, String value) throws Exception {
    Bundle bundle = install("bundle", header, value.replace("'", ""));
    assertThat(unresolved.of(bundle)).isEmpty();
    bundle.uninstall();
    assertThat(unresolved.of(jar(header, value))).isEmpty();
  }

  @Test
  void aPackageOfItsOwnIsNotMissing() throws Exception {
    Bundle bundle =
        framework.install(
            "bundle", Map.of("Import-Package", "own", "Export-Package", "own;version=1"), "");
    assertThat(unresolved.of(bundle)).isEmpty();
  }

  @Test
  void whatIsMissingBehindALibraryIsNamedWithTheLibrary() throws Exception {
    framework.install(
        "library", Map.of("Import-Package", "no.such", "Export-Package", "shared"), "");
    assertThat(unresolved.of(install("bundle", "Import-Package", "shared")))
        .contains(NOTHING + "the package no.such, which library needs for the package shared");
  }

  @Test
  void bundlesThatNeedEachOtherAreNotMissing() throws Exception {
    framework.install("one", Map.of("Import-Package", "b", "Export-Package", "a"), "");
    Bundle two = framework.install("two", Map.of("Import-Package", "a", "Export-Package", "b"), "");
    assertThat(unresolved.of(two)).isEmpty();
  }

  @Test
  void whatArrivesIsNotMissingAnyMore() throws Exception {
    Bundle bundle = install("bundle", "Import-Package", "shared");
    assertThat(unresolved.of(bundle)).contains(NOTHING + "the package shared");
    install("library", "Export-Package", "shared");
    assertThat(unresolved.of(bundle)).isEmpty();
  }
}
