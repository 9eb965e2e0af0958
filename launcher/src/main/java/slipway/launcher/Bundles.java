package slipway.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Puts the jars of {@code bundle/} into a framework that has not started yet. */
final class Bundles {

  private final StartLevels levels;
  private final Consumer<String> problems;

  /**
   * Makes the installer.
   *
   * @param levels the bundles' start levels
   * @param problems takes one line for each jar that cannot be used; the others are installed
   */
  Bundles(StartLevels levels, Consumer<String> problems) {
    this.levels = levels;
    this.problems = problems;
  }

  /**
   * Installs all jars of a folder, in the order of their names, and marks those that are no
   * fragments to start at their level. They are used where they lie, not copied.
   */
  void install(Path folder, BundleContext context) throws IOException {
    for (Path jar : jars(folder)) {
      try {
        Bundle bundle = context.installBundle(location(jar));
        if (bundle.getSymbolicName() == null) {
          bundle.uninstall();
          problems.accept(jar + " is no bundle: its manifest has no Bundle-SymbolicName");
          continue;
        }
        bundle.adapt(BundleStartLevel.class).setStartLevel(levels.of(bundle.getSymbolicName()));
        if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
          bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
      } catch (BundleException e) {
        problems.accept(jar + " cannot be installed: " + Reason.of(e));
      }
    }
  }

  /** The framework decodes a plus as forms do, and a URI leaves it as it is. */
  private static String location(Path jar) {
    return "reference:" + jar.toUri().toString().replace("+", "%2B");
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
