package slipway.itest;

import static org.ops4j.pax.exam.CoreOptions.bootDelegationPackages;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.rules.TemporaryFolder;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;

/**
 * The bundles of the built distribution in the test's framework, with a home of their own: the
 * shipped services and libraries, and a {@code conf/} whose acceptors take any free port.
 */
final class BuiltHost {

  /** What the shipped configuration says, except for the ports; and services stop at once. */
  private static final Map<String, String> CONF =
      new TreeMap<>(
          Map.of(
              "slipway.acceptor-main.cfg", "port = 0\n",
              "slipway.acceptor-admin.cfg",
                  "ip = unix:var/run/admin.sock\nservice = admin\nidle.timeout = 0\n",
              "slipway.service-admin.cfg", "state = FIXED\n",
              "slipway.service-echo.cfg", "state = FIXED\nlinger = 0s\n",
              "slipway.service-rand.cfg", "linger = 0s\n",
              "slipway.service-packets.cfg", "linger = 0s\n",
              "slipway.service-chat.cfg", "linger = 0s\n",
              "slipway.service-time.cfg", "state = FIXED\n"));

  private BuiltHost() {}

  /** What Pax Exam is to run. */
  static Option[] options() {
    try {
      Path distribution = Path.of(System.getProperty("slipway.distribution"));
      return options(
          composite(bundles(distribution.resolve("bundle"))),
          composite(home(distribution)),
          junitBundles(),
          frameworkProperty("felix.log.level").value("0"),
          // else the framework finds this test's classes for bundles that lack them
          frameworkProperty("felix.bootdelegation.implicit").value("false"),
          frameworkProperty("org.osgi.framework.bsnversion").value("multiple"),
          bootDelegationPackages("sun.*", "jdk.*"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Option[] options(Option... all) {
    return org.ops4j.pax.exam.CoreOptions.options(all);
  }

  private static Option[] bundles(Path folder) throws IOException {
    List<Option> bundles = new ArrayList<>();
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.sorted().toList()) {
        UrlProvisionOption bundle = bundle(jar.toUri().toString());
        String name = jar.getFileName().toString();
        bundles.add(
            isFragment(jar)
                ? bundle.noStart()
                : name.startsWith("pax-logging")
                    ? bundle.startLevel(1)
                    : bundle.startLevel(name.contains("server.config") ? 3 : 2));
      }
    }
    return bundles.toArray(Option[]::new);
  }

  private static boolean isFragment(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
    }
  }

  /** A folder that is there until the framework in this JVM has ended. */
  private static Path folder() throws IOException {
    TemporaryFolder folder = new TemporaryFolder();
    folder.create();
    Runtime.getRuntime().addShutdownHook(new Thread(folder::delete));
    return folder.getRoot().toPath();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> jars = Files.list(from)) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, to.resolve(jar.getFileName()));
      }
    }
  }

  private static Option[] home(Path distribution) throws IOException {
    Path home = folder();
    Path conf = Files.createDirectory(home.resolve("conf"));
    for (Map.Entry<String, String> file : CONF.entrySet()) {
      Files.writeString(conf.resolve(file.getKey()), file.getValue());
    }
    copy(distribution.resolve("services"), home.resolve("services"));
    copy(distribution.resolve("library"), home.resolve("library"));
    return new Option[] {
      frameworkProperty("slipway.home").value(home.toString()),
      frameworkProperty("felix.cm.pm").value("slipway"),
      frameworkProperty("felix.fileinstall.poll").value("100"),
      frameworkProperty("org.ops4j.pax.logging.logReaderEnabled").value("false"),
      frameworkProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("ERROR"),
      systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("ERROR"),
    };
  }
}
