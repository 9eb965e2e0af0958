package slipway.server.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.BundleReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The migrations of one schema, read whole when it is asked for: nothing holds the class loader
 * afterwards.
 *
 * @param name the schema's name
 * @param texts the scripts by their file names
 */
record Scripts(String name, Map<String, String> texts) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,29}");
  private static final Pattern FILE =
      Pattern.compile("V[0-9]+(?:[._][0-9]+)*__[A-Za-z0-9_.-]+\\.sql");

  /**
   * Reads {@code schema/NAME/V*.sql}.
   *
   * @throws IllegalArgumentException if the name is none, or there is no script
   */
  static Scripts of(String name, ClassLoader loader) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "schema "
              + name
              + ": allowed are up to 30 lower case letters and digits, a letter first");
    }
    String folder = "schema/" + name;
    try {
      Map<String, String> texts = new TreeMap<>();
      for (String file : files(folder, loader)) {
        try (InputStream in = loader.getResourceAsStream(folder + "/" + file)) {
          texts.put(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      if (texts.isEmpty()) {
        throw new IllegalArgumentException(
            "schema " + name + ": there is no script " + folder + "/V1__what.sql");
      }
      return new Scripts(name, Map.copyOf(texts));
    } catch (IOException failed) {
      throw new UncheckedIOException("the scripts in " + folder + " cannot be read", failed);
    }
  }

  private static Collection<String> files(String folder, ClassLoader loader) throws IOException {
    Collection<String> files = new TreeSet<>();
    if (loader instanceof BundleReference bundle) {
      bundle
          .getBundle()
          .adapt(BundleWiring.class)
          .listResources(folder, "V*.sql", BundleWiring.LISTRESOURCES_LOCAL)
          .forEach(path -> files.add(path.substring(path.lastIndexOf('/') + 1)));
    } else {
      for (URL url : Collections.list(loader.getResources(folder))) {
        files.addAll(files(url));
      }
    }
    files.removeIf(file -> !FILE.matcher(file).matches());
    return files;
  }

  /** Outside a framework: a folder of classes, or a jar. */
  private static Collection<String> files(URL folder) throws IOException {
    URLConnection connection = folder.openConnection();
    if (connection instanceof JarURLConnection jar) {
      String prefix = jar.getEntryName() + "/";
      return jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(entry -> entry.startsWith(prefix))
          .map(entry -> entry.substring(prefix.length()))
          .toList();
    }
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (URISyntaxException impossible) {
      throw new IOException(impossible);
    }
  }

  /** The table that remembers which scripts have been applied. */
  String history() {
    return name + "_migrations";
  }

  /** The versions of the scripts, as the history writes them: {@code 1}, {@code 1.2}. */
  List<String> versions() {
    return texts.keySet().stream()
        .map(file -> file.substring(1, file.indexOf("__")).replace('_', '.'))
        .toList();
  }

  /** Writes a script into a folder. */
  void copyTo(Path folder, String script) throws IOException {
    Files.writeString(folder.resolve(script), texts.get(script));
  }
}
