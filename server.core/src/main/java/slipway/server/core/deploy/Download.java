package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import slipway.admin.AdminException;

/** A jar that an operator names: a copy of it, so that it does not change while it is deployed. */
final class Download implements AutoCloseable {

  private static final Set<String> SCHEMES = Set.of("file", "http", "https");
  private static final long MAX_BYTES = 256L * 1024 * 1024;
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Path copy;

  private Download(Path copy) {
    this.copy = copy;
  }

  /**
   * Fetches a jar.
   *
   * @param folder where the copy goes
   * @throws AdminException if it cannot be had; says why and what is allowed
   */
  static Download of(URI source, Path folder) throws AdminException {
    if (source.getScheme() == null || !SCHEMES.contains(source.getScheme())) {
      throw new AdminException(source + ": allowed is a file, or a URL with http or https");
    }
    try {
      Files.createDirectories(folder);
      Path copy = Files.createTempFile(folder, "download", ".jar"); // readable for this user alone
      try {
        fetch(source, copy);
        return new Download(copy);
      } catch (IOException | AdminException failed) {
        Files.delete(copy);
        throw failed;
      }
    } catch (IOException failed) {
      throw new AdminException(source + " cannot be read: " + failed.getMessage(), failed);
    }
  }

  private static void fetch(URI source, Path copy) throws IOException, AdminException {
    URLConnection connection = source.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try (InputStream in = connection.getInputStream();
        OutputStream out = Files.newOutputStream(copy)) {
      byte[] buffer = new byte[64 * 1024];
      long total = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        total += count;
        if (total > MAX_BYTES) {
          throw new AdminException(source + " has more than " + MAX_BYTES + " bytes");
        }
        out.write(buffer, 0, count);
      }
    }
  }

  /** The jar, read to its end. */
  ServiceJar jar() throws AdminException {
    try {
      return ServiceJar.read(copy);
    } catch (IOException refused) {
      throw new AdminException("it is not deployed: " + refused.getMessage(), refused);
    }
  }

  @Override
  public void close() throws AdminException {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException left) {
      throw new AdminException(copy + " cannot be deleted: " + left.getMessage(), left);
    }
  }
}
