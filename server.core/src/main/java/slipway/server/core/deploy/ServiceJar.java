package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import slipway.service.Service;
import slipway.service.ServiceNames;

/**
 * A jar, read to its end: one that is still being copied cannot be.
 *
 * @param file where it is
 * @param symbolicName its bundle's symbolic name
 * @param service the service that it provides; empty for a bundle that provides none
 * @param exports whether it has something for other bundles: packages, or a fragment's resources
 * @param version its bundle's version
 * @param digest SHA-256 of its content, in hexadecimal digits
 */
record ServiceJar(
    Path file,
    String symbolicName,
    Optional<String> service,
    boolean exports,
    Version version,
    String digest) {

  /** The first clause of our namespace; attributes may be quoted and have a type. */
  private static final Pattern CAPABILITY =
      Pattern.compile(
          "(?:^|,)\\s*"
              + Pattern.quote(Service.NAMESPACE)
              + "\\s*;[^,]*?\\bname(?::String)?\\s*=\\s*\"?([^\",;]+)\"?");

  /**
   * Reads a jar.
   *
   * @throws IOException if it is no bundle, or not whole
   */
  static ServiceJar read(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        try (InputStream content = jar.getInputStream(entry)) {
          content.transferTo(OutputStream.nullOutputStream()); // fails where a checksum is wrong
        }
      }
      Attributes headers =
          jar.getManifest() == null ? new Attributes() : jar.getManifest().getMainAttributes();
      if (headers.getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
        throw new IOException("it is no bundle: its manifest has no Bundle-SymbolicName");
      }
      return new ServiceJar(
          file,
          headers.getValue(Constants.BUNDLE_SYMBOLICNAME).split(";")[0].strip(),
          service(headers),
          headers.getValue(Constants.EXPORT_PACKAGE) != null
              || headers.getValue(Constants.FRAGMENT_HOST) != null,
          version(headers),
          digest(file));
    } catch (ZipException malformed) {
      throw new IOException("it is no jar, or not whole: " + malformed.getMessage(), malformed);
    } catch (SecurityException | IllegalArgumentException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  /** The same content somewhere else. */
  ServiceJar at(Path copy) {
    return new ServiceJar(copy, symbolicName, service, exports, version, digest);
  }

  private static Optional<String> service(Attributes headers) {
    String capabilities = headers.getValue(Constants.PROVIDE_CAPABILITY);
    Matcher matcher = CAPABILITY.matcher(capabilities == null ? "" : capabilities);
    return matcher.find() ? ServiceNames.parse(matcher.group(1)) : Optional.empty();
  }

  private static Version version(Attributes headers) {
    return Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION));
  }

  private static String digest(Path file) throws IOException {
    try (DigestInputStream content =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      content.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(content.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
