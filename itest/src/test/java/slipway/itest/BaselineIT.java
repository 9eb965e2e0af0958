package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * The versions of the API's packages are true: a package that has changed since the last release
 * has the version that its changes ask for, by the rules of OSGi's semantic versioning. Jars of
 * earlier releases resolve by these versions.
 */
public class BaselineIT {

  /** A type that services implement. */
  private static final String SERVICE = "slipway/service/Service.class";

  private static Jar released() throws IOException {
    return new Jar(Releases.jar("slipway.server.api").toFile());
  }

  private static Jar built() throws IOException {
    Path bundles = Path.of(System.getProperty("slipway.distribution")).resolve("bundle");
    try (Stream<Path> jars = Files.list(bundles)) {
      return new Jar(
          jars.filter(jar -> jar.getFileName().toString().startsWith("slipway.server.api-"))
              .findFirst()
              .orElseThrow()
              .toFile());
    }
  }

  /** A line for each package whose version is too low or too high. */
  private static List<String> untrue(Jar newer, Jar older) throws Exception {
    try (Processor bnd = new Processor()) {
      return new Baseline(bnd, new DiffPluginImpl())
          .baseline(newer, older, null).stream()
              .filter(each -> each.mismatch)
              .map(
                  each ->
                      each.packageName
                          + " "
                          + each.newerVersion
                          + " was "
                          + each.olderVersion
                          + " in the last release and has changed ("
                          + each.packageDiff.getDelta()
                          + "): it is to be "
                          + each.suggestedVersion)
              .sorted()
              .toList();
    }
  }

  @Test
  public void everyPackageOfTheApiHasTheVersionThatItsChangesAskFor() throws Exception {
    try (Jar built = built();
        Jar released = released()) {
      assertEquals(List.of(), untrue(built, released));
    }
  }

  @Test
  public void aTypeThatIsGoneAsksForAnotherMajorVersion() throws Exception {
    try (Jar changed = released();
        Jar released = released()) {
      assertTrue(SERVICE, changed.remove(SERVICE) != null);
      List<String> untrue = untrue(changed, released);
      assertEquals(untrue.toString(), 1, untrue.size());
      assertTrue(untrue.get(0), untrue.get(0).startsWith("slipway.service "));
    }
  }
}
