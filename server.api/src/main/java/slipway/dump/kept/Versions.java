package slipway.dump.kept;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Which jars lie in a host's folder: names, versions and digests. */
public final class Versions {

  private static final int BUFFER = 1 << 16;

  private Versions() {}

  /** A line for each jar of {@code bundle/}, {@code library/} and {@code services/}, and Java's. */
  public static String of(Path home) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Java "
            + Runtime.version()
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    for (String folder : List.of("bundle", "library", "services")) {
      Path place = home.resolve(folder);
      if (Files.isDirectory(place)) {
        for (Path jar : jars(place)) {
          lines.add(folder + "/" + jar.getFileName() + "  " + described(jar));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static Iterable<Path> jars(Path folder) throws IOException {
    TreeSet<Path> jars = new TreeSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
      found.forEach(jars::add);
    }
    return jars;
  }

  private static String described(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
      return header(headers, "Bundle-SymbolicName").replaceFirst(";.*", "")
          + " "
          + header(headers, "Bundle-Version")
          + "  sha256:"
          + digest(jar)
          + "  "
          + Files.getLastModifiedTime(jar).toInstant();
    } catch (IOException unreadable) {
      return "cannot be read: " + unreadable.getMessage();
    }
  }

  private static String header(Attributes headers, String name) {
    String value = headers.getValue(name);
    return value == null ? "-" : value;
  }

  private static String digest(Path jar) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    try (InputStream in = Files.newInputStream(jar)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
