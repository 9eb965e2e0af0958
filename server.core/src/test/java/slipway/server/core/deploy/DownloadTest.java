package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.admin.AdminException;
import slipway.server.core.deploy.Download.Limit;

@Timeout(30)
class DownloadTest {

  private static final int MANY = 100_000;
  private static final Limit PATIENT = new Limit(MANY, Duration.ofMinutes(1));
  private static final Limit HASTY = new Limit(MANY, Duration.ofMillis(300));

  @TempDir private Path home;
  private Path folder;
  private Path jar;
  private HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);

  @BeforeEach
  void startServer() throws Exception {
    folder = home.resolve("versions");
    jar = Jars.service(home.resolve("echo.jar"), "echo", "1.2.3");
    server = start(HttpServer.create(local(), 0));
  }

  private static InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private <S extends HttpServer> S start(S some) {
    some.setExecutor(threads);
    some.start();
    return some;
  }

  @AfterEach
  void endServer() {
    over.countDown();
    threads.shutdownNow();
    server.stop(0);
  }

  private URI url(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, Files.size(jar));
    try (OutputStream body = exchange.getResponseBody()) {
      Files.copy(jar, body);
    }
  }

  private void redirect(String path, String to) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", to);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
  }

  private void assertRefused(URI source, Limit limit, String... reasons) throws IOException {
    assertThatThrownBy(() -> Download.of(source, folder, limit))
        .isInstanceOf(AdminException.class)
        .hasMessageContainingAll(reasons);
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).isEmpty();
      }
    }
  }

  private void assertIsTheJar(URI source) throws Exception {
    try (Download download = Download.of(source, folder, PATIENT)) {
      assertThat(download.jar().service()).contains("echo");
      assertThat(download.jar().digest()).isEqualTo(ServiceJar.read(jar).digest());
    }
    assertNothingIsLeft();
  }

  @Test
  void aJarIsFetchedFromAServer() throws Exception {
    server.createContext("/echo.jar", this::answer);
    assertIsTheJar(url("/echo.jar"));
    assertIsTheJar(URI.create(url("/echo.jar").toString().replace("http:", "HTTP:")));
  }

  @Test
  void aJarIsCopiedFromAFile() throws Exception {
    assertIsTheJar(jar.toUri());
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    server.createContext("/echo.jar", this::answer);
    redirect("/latest.jar", "/echo.jar");
    assertIsTheJar(url("/latest.jar"));
  }

  @Test
  void redirectsThatGoInCirclesEnd() throws Exception {
    redirect("/circle", "/circle");
    assertRefused(url("/circle"), PATIENT, "/circle cannot be read", "status 302");
  }

  @Test
  void redirectsDoNotReachFiles() throws Exception {
    redirect("/latest.jar", jar.toUri().toString());
    assertRefused(url("/latest.jar"), PATIENT, "/latest.jar cannot be read");
  }

  @Test
  void whatTheServerDoesNotHaveIsSaid() throws Exception {
    assertRefused(url("/none.jar"), PATIENT, "/none.jar cannot be read", "status 404");
  }

  @Test
  void nobodyAtTheAddressIsSaid() throws Exception {
    URI gone = url("/echo.jar");
    server.stop(0);
    assertRefused(gone, PATIENT, "/echo.jar cannot be read: nothing answers at this address");
  }

  @Test
  void aFileThatIsNotThereIsSaid() throws Exception {
    assertRefused(home.resolve("none.jar").toUri(), PATIENT, "there is no such file");
    assertRefused(home.toUri(), PATIENT, "it is no file");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNotTheSourcesFault() throws Exception {
    folder = Files.writeString(home.resolve("file"), "").resolve("versions");
    assertThatThrownBy(() -> Download.of(jar.toUri(), folder, PATIENT))
        .isInstanceOf(AdminException.class)
        .hasMessageStartingWith("a copy cannot be written to " + folder)
        .hasMessageEndingWith("; nothing was changed");
  }

  /** As of a full disk. */
  @Test
  void aWriteThatFailsIsToldFromAReadThatDoes() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int oneByte) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThatThrownBy(() -> Download.write(full, new byte[1], 1))
        .isInstanceOf(IOException.class)
        .isNotExactlyInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
  }

  @Test
  void moreThanTheLimitIsRefused() throws Exception {
    Files.write(jar, new byte[MANY + 1]);
    server.createContext("/large.jar", this::answer);
    assertRefused(url("/large.jar"), PATIENT, "it has more than 100000 bytes");
    assertRefused(jar.toUri(), PATIENT, "it has more than 100000 bytes");
  }

  @Test
  void aBodyThatNeverEndsIsRefusedAtTheLimit() throws Exception {
    server.createContext(
        "/endless.jar",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] more = new byte[8192];
          for (OutputStream body = exchange.getResponseBody(); ; ) {
            body.write(more);
          }
        });
    assertRefused(url("/endless.jar"), PATIENT, "it has more than 100000 bytes");
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUpAtTheDeadline() throws Exception {
    server.createContext("/silent.jar", exchange -> awaitEnd());
    assertRefused(url("/silent.jar"), HASTY, "it took longer than 300ms");
  }

  @Test
  void aBodyThatStopsHalfWayIsGivenUpAtTheDeadline() throws Exception {
    server.createContext(
        "/half.jar",
        exchange -> {
          exchange.sendResponseHeaders(200, Files.size(jar));
          exchange.getResponseBody().write('P');
          exchange.getResponseBody().flush();
          awaitEnd();
        });
    assertRefused(url("/half.jar"), HASTY, "it took longer than 300ms");
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aBodyThatIsCutOffIsRefused() throws Exception {
    server.createContext(
        "/cut.jar",
        exchange -> {
          exchange.sendResponseHeaders(200, Files.size(jar));
          exchange.getResponseBody().write('P');
          exchange.close();
        });
    assertRefused(url("/cut.jar"), PATIENT, "/cut.jar cannot be read");
  }

  @Test
  void whatIsNoJarIsRefusedAndLeavesNothing() throws Exception {
    Files.writeString(jar, "<html>please log in</html>");
    server.createContext("/echo.jar", this::answer);
    try (Download download = Download.of(url("/echo.jar"), folder, PATIENT)) {
      assertThatThrownBy(download::jar).hasMessageContaining("it is no jar, or not whole");
    }
    assertNothingIsLeft();
  }

  @Test
  void aCertificateThatNobodyTrustsIsSaid() throws Exception {
    HttpsServer secure = HttpsServer.create(local(), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    secure.createContext("/echo.jar", this::answer);
    start(secure);
    try {
      URI source = URI.create("https://localhost:" + secure.getAddress().getPort() + "/echo.jar");
      assertRefused(
          source, PATIENT, "no trust in the server's certificate", "trust store", "download");
    } finally {
      secure.stop(0);
    }
  }

  private SSLContext selfSigned() throws Exception {
    Path store = home.resolve("server.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "server",
            "-dname",
            "CN=localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
            store.toString());
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor(20, TimeUnit.SECONDS)).as(said).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://localhost/echo.jar", "jar:file:/echo.jar!/x", "echo.jar"})
  void otherSchemesAreRefusedAndTheAllowedOnesSaid(String source) throws Exception {
    assertRefused(
        URI.create(source), PATIENT, source, "allowed is a file, or a URL with http or https");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:echo.jar", "http:///echo.jar", "https:/echo.jar"})
  void aUrlNeedsAHost(String source) throws Exception {
    assertRefused(URI.create(source), PATIENT, source, "allowed is a URL with a host");
  }

  @Test
  void secretsInUrlsAreNotShown() throws Exception {
    assertThatThrownBy(
            () -> Download.of(URI.create("https://me:secret@localhost/echo.jar"), folder, PATIENT))
        .hasMessageContaining("a user or a password in a URL is not allowed")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Download.of(url("/none.jar?token=secret"), folder, PATIENT))
        .hasMessageContaining("status 404")
        .hasMessageNotContaining("secret");
  }
}
