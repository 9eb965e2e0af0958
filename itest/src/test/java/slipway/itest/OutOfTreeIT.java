package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;
import slipway.itest.UnpackedHost.Result;

/**
 * A command that is one class in a bundle of its own, built as a stranger would: by a compiler and
 * bnd, against what the distribution has, and without anything of the project.
 */
public class OutOfTreeIT {

  private static final String SOURCE =
      "examples/figures/src/main/java/slipway/examples/figures/FiguresCommand.java";

  @Rule public final UnpackedHost host = new UnpackedHost();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path shipped(String name) throws IOException {
    try (Stream<Path> jars = Files.list(host.home().resolve("bundle"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(name + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path jarOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void compile(Path source, List<File> libraries, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      List<String> options =
          List.of(
              "-d",
              classes.toString(),
              "-cp",
              String.join(
                  File.pathSeparator, libraries.stream().map(File::getAbsolutePath).toList()));
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertTrue(said.toString(), compiled);
    }
  }

  /** Builds the bundle into a folder. */
  private void build(Path target) throws Exception {
    List<File> libraries = new ArrayList<>();
    for (String shipped : List.of("slipway.server.api", "picocli")) {
      libraries.add(shipped(shipped).toFile());
    }
    libraries.add(jarOf(Component.class).toFile());
    libraries.add(jarOf(Capability.class).toFile());
    Path classes = folder.newFolder().toPath();
    compile(Path.of(System.getProperty("slipway.project"), SOURCE), libraries, classes);
    try (Builder bnd = new Builder()) {
      bnd.setBundleSymbolicName("com.example.figures");
      bnd.setBundleVersion("1.0.0");
      bnd.setProperty("-privatepackage", "slipway.examples.figures");
      bnd.addClasspath(classes.toFile());
      bnd.addClasspath(libraries);
      try (Jar jar = bnd.build()) {
        assertEquals(List.of(), bnd.getErrors());
        jar.write(target.resolve("com.example.figures.jar").toFile());
      }
    }
  }

  @Test
  public void aCommandThatIsOneClassIsAsGoodAsTheHostsOwn() throws Exception {
    build(host.home().resolve("bundle"));
    host.done("start");
    String table = host.done("figures");
    assertTrue(table, table.startsWith("Figure"));
    assertTrue(table, table.contains("heap.bytes"));
    String json = host.done("figures", "threads", "--json");
    assertTrue(json, json.matches("\\[\n\\{\"figure\":\"threads\",\"value\":\\d+}\n]\n"));
    String piped = host.done("figures | grep uptime");
    assertTrue(piped, piped.startsWith("uptime.millis"));
    String help = host.done("help");
    assertTrue(help, help.contains("figures") && help.contains("Shows figures of the host's"));
    assertTrue(host.done("figures", "--help").startsWith("Usage: figures [-h] [--json] [FIGURE]"));
    Result refused = host.run("figures", "weight");
    assertEquals(1, refused.exit());
    assertTrue(
        refused.err(),
        refused.err().contains("FIGURE weight: allowed are heap.bytes, threads, uptime.millis"));
  }
}
