package slipway.server.core.deploy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import org.apache.felix.utils.manifest.Attribute;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;
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

  /** A content that cannot be deployed, wherever it lies and whatever else is there. */
  static final class Unfit extends IOException {
    private static final long serialVersionUID = 1L;

    Unfit(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reads a jar.
   *
   * @throws Unfit if it is no bundle, or not whole
   * @throws IOException if it cannot be read
   */
  static ServiceJar read(Path file) throws IOException {
    String digest = digest(file);
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        try (InputStream content = jar.getInputStream(entry)) {
          content.transferTo(OutputStream.nullOutputStream()); // fails where a checksum is wrong
        }
      }
      Attributes headers =
          jar.getManifest() == null ? new Attributes() : jar.getManifest().getMainAttributes();
      return of(file, headers, digest);
    } catch (ZipException | EOFException malformed) {
      throw new Unfit("it is no jar, or not whole: " + malformed.getMessage(), malformed);
    } catch (SecurityException | IllegalArgumentException malformed) {
      throw new Unfit("it is no bundle: " + malformed.getMessage(), malformed);
    }
  }

  private static ServiceJar of(Path file, Attributes headers, String digest) throws Unfit {
    String symbolicName = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
    if (symbolicName == null) {
      throw new Unfit("it is no bundle: its manifest has no Bundle-SymbolicName", null);
    }
    return new ServiceJar(
        file,
        symbolicName.split(";")[0].strip(),
        service(headers),
        headers.getValue(Constants.EXPORT_PACKAGE) != null
            || headers.getValue(Constants.FRAGMENT_HOST) != null,
        Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION)),
        digest);
  }

  /** The same content somewhere else. */
  ServiceJar at(Path copy) {
    return new ServiceJar(copy, symbolicName, service, exports, version, digest);
  }

  /** As operators know it: a service or a library, and its version. */
  String shown() {
    return service.orElse(symbolicName) + " " + version;
  }

  /** The name in the one clause of our namespace. */
  private static Optional<String> service(Attributes headers) throws Unfit {
    String capabilities = headers.getValue(Constants.PROVIDE_CAPABILITY);
    if (capabilities == null) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (Clause clause : Parser.parseHeader(capabilities)) {
      if (clause.getName().equals(Service.NAMESPACE)) {
        names.add(name(clause));
      }
    }
    if (names.size() > 1) {
      throw new Unfit(
          "its manifest has "
              + names.size()
              + " capabilities "
              + Service.NAMESPACE
              + ": "
              + String.join(", ", names)
              + "; allowed is one, as a bundle is one service",
          null);
    }
    return names.stream().findFirst();
  }

  private static String name(Clause capability) throws Unfit {
    String name =
        Arrays.stream(capability.getAttributes())
            .filter(attribute -> attribute.getName().split(":")[0].strip().equals("name"))
            .map(Attribute::getValue)
            .findFirst()
            .orElseThrow(
                () ->
                    new Unfit(
                        "its capability " + Service.NAMESPACE + " has no attribute name", null));
    if (!ServiceNames.isName(name)) {
      throw new Unfit(
          "its capability "
              + Service.NAMESPACE
              + " has the name "
              + name.replaceAll("\\p{Cntrl}", "?")
              + ": allowed is "
              + ServiceNames.FORM
              + ", and no path",
          null);
    }
    return name;
  }

  /**
   * SHA-256 of a file's content, in hexadecimal digits.
   *
   * @throws IOException if it cannot be read
   */
  static String digest(Path file) throws IOException {
    try (DigestInputStream content =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      content.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(content.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
