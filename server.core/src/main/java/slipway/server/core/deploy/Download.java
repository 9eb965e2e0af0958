package slipway.server.core.deploy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import slipway.admin.AdminException;
import slipway.config.Durations;

/** A jar that an operator names: a copy of it, so that it does not change while it is deployed. */
final class Download implements AutoCloseable {

  /** How large a jar may be, in bytes, and how long it may take, from the first to the last. */
  record Limit(long bytes, Duration time) {
    static final Limit DEFAULT = new Limit(256L * 1024 * 1024, Duration.ofMinutes(5));
  }

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Path copy;

  private Download(Path copy) {
    this.copy = copy;
  }

  /**
   * Fetches a jar, in the caller's thread.
   *
   * @param folder where the copy goes
   * @throws AdminException if it cannot be had; says why and what is allowed. Nothing is left then
   */
  static Download of(URI source, Path folder, Limit limit) throws AdminException {
    String name = name(source);
    Path copy = empty(folder);
    try {
      boolean whole = false;
      try {
        if (scheme(source).equals("file")) {
          read(source, copy, limit);
        } else {
          fetch(source, copy, limit);
        }
        whole = true;
        return new Download(copy);
      } finally {
        if (!whole) {
          Files.delete(copy);
        }
      }
    } catch (NoSuchFileException missing) {
      throw new AdminException(name + " cannot be read: there is no such file", missing);
    } catch (Unwritable unwritable) {
      throw unwritable(folder, unwritable);
    } catch (IOException | IllegalArgumentException failed) {
      throw new AdminException(name + " cannot be read: " + reason(failed), failed);
    }
  }

  /** The file that the copy is written to, readable for this user alone. */
  private static Path empty(Path folder) throws AdminException {
    try {
      Files.createDirectories(folder);
      return Files.createTempFile(folder, "download", ".jar");
    } catch (IOException failed) {
      throw unwritable(folder, failed);
    }
  }

  private static AdminException unwritable(Path folder, IOException failed) {
    return new AdminException(
        "a copy cannot be written to "
            + folder
            + ": "
            + Trouble.of(failed)
            + "; nothing was changed",
        failed);
  }

  /** It is our own side that failed, and not the source. */
  private static final class Unwritable extends IOException {
    private static final long serialVersionUID = 1L;

    Unwritable(IOException failed) {
      super(Trouble.of(failed), failed);
    }
  }

  /** What is shown of a source, and kept of it: queries can be secrets, as in signed URLs. */
  static String name(URI source) throws AdminException {
    String scheme = scheme(source);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web && !scheme.equals("file")) {
      throw new AdminException(source + ": allowed is a file, or a URL with http or https");
    }
    if (source.getRawUserInfo() != null) {
      throw new AdminException(
          source.getHost() + ": a user or a password in a URL is not allowed, as URLs are shown");
    }
    if (web && source.getHost() == null) {
      throw new AdminException(source + ": allowed is a URL with a host");
    }
    String text = source.toString();
    int end = text.replace('#', '?').indexOf('?');
    return end < 0 ? text : text.substring(0, end);
  }

  private static String scheme(URI source) {
    return source.getScheme() == null ? "" : source.getScheme().toLowerCase(Locale.ROOT);
  }

  private static void read(URI source, Path copy, Limit limit) throws IOException {
    Path file = Path.of(source);
    if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe could be waited for, for ever
      throw new IOException("it is no file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      copy(in, copy, limit.bytes());
    }
  }

  /** Follows redirects, but not from https to http. */
  private static void fetch(URI source, Path copy, Limit limit) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT)
            .build();
    // ends whatever the client does then
    CompletableFuture<Void> deadline =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, limit.time().toMillis(), MILLISECONDS);
    deadline.thenRun(client::shutdownNow);
    try {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(source).timeout(ANSWER).build(), BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new IOException("the server answers with status " + answer.statusCode());
        }
        copy(in, copy, limit.bytes());
      }
    } catch (IOException failed) {
      if (deadline.isDone()) {
        throw new IOException("it took longer than " + Durations.format(limit.time()), failed);
      }
      throw failed;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ending);
    } finally {
      deadline.cancel(false);
      client.shutdownNow();
    }
  }

  private static void copy(InputStream in, Path copy, long limit) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long total = 0;
    try (OutputStream out = Files.newOutputStream(copy)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        total += count;
        if (total > limit) {
          throw new IOException("it has more than " + limit + " bytes");
        }
        write(out, buffer, count);
      }
    }
  }

  /** Apart from reading, as an operator has another thing to mend. */
  static void write(OutputStream out, byte[] buffer, int count) throws IOException {
    try {
      out.write(buffer, 0, count);
    } catch (IOException failed) {
      throw new Unwritable(failed);
    }
  }

  private static String reason(Exception failed) {
    String message = Trouble.of(failed);
    if (failed instanceof SSLException) {
      return "there is no trust in the server's certificate, or no common protocol ("
          + message
          + "); import the certificate's issuer into the trust store of Java, or download the"
          + " file first";
    }
    return failed instanceof ConnectException ? "nothing answers at this address" : message;
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
      throw new AdminException(copy + " cannot be deleted: " + Trouble.of(left), left);
    }
  }
}
