package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle in a framework, with File Install as the watcher. */
class HostTest {

  @TempDir Path cache;
  @TempDir Path home;
  private Path conf;
  private TestFramework host;

  @BeforeEach
  void start() throws Exception {
    conf = Files.createDirectory(home.resolve("conf"));
    host = new TestFramework(cache, home);
    host.withHost();
    host.register(new Sample());
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(conf.resolve(name), text);
  }

  private void awaitPort(String pid, String port) throws Exception {
    host.await(pid + " on " + port, () -> port.equals(host.configuration(pid).get("port")));
  }

  @Test
  void aFileIsAConfigurationFromItsMakingToItsEnd() throws Exception {
    write("slipway.acceptor-main.cfg", "port = 2000\n");
    awaitPort("slipway.acceptor~main", "2000");
    write("slipway.acceptor-main.cfg", "port = 20011\n");
    awaitPort("slipway.acceptor~main", "20011");
    Files.delete(conf.resolve("slipway.acceptor-main.cfg"));
    host.await("gone", () -> host.configurations().isEmpty());
    assertThat(host.log().problems()).isEmpty();
  }
}
