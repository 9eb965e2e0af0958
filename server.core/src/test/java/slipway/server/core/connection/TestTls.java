package slipway.server.core.connection;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * TLS with a certificate that is made once, by the JDK's keytool, and that only its client trusts.
 */
public final class TestTls {

  private static final String PASSWORD = "changeit";
  private static final KeyStore STORE = make();

  private TestTls() {}

  /** The server's side. */
  public static SslContext server(String protocol) throws Exception {
    // that of PKIX would decrypt the key anew for each connection
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(STORE, PASSWORD.toCharArray());
    return SslContextBuilder.forServer(keys)
        .sslProvider(SslProvider.JDK)
        .protocols(protocol)
        .build();
  }

  /** The client's side. */
  public static SslContext client(String protocol) throws Exception {
    return SslContextBuilder.forClient()
        .sslProvider(SslProvider.JDK)
        .protocols(protocol)
        .trustManager((X509Certificate) STORE.getCertificate("server"))
        .endpointIdentificationAlgorithm("") // there is no address
        .build();
  }

  private static KeyStore make() {
    try {
      Path folder = Files.createTempDirectory("tls");
      Path file = folder.resolve("server.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "server",
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-dname",
                  "CN=localhost",
                  "-validity",
                  "3650",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD,
                  "-keystore",
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      if (!keytool.waitFor(2, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
        keytool.destroyForcibly();
        throw new IllegalStateException("keytool has made no certificate");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD.toCharArray());
      }
      Files.delete(file);
      Files.delete(folder);
      return store;
    } catch (Exception failed) {
      throw new ExceptionInInitializerError(failed);
    }
  }
}
