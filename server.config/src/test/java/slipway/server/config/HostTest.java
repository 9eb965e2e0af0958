package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import slipway.config.ConfigurationCheck;
import slipway.server.config.text.CfgSyntax;
import slipway.server.config.text.KeyedText;

/** The bundle in a framework, with the real Config Admin. */
class HostTest {

  @TempDir Path cache;
  @TempDir Path home;
  private Path conf;
  private TestFramework host;
  private ServiceRegistration<ConfigurationCheck> check;

  @BeforeEach
  void start() throws Exception {
    conf = Files.createDirectory(home.resolve("conf"));
    host = new TestFramework(cache, home);
    host.withHost();
    check = host.register(new Sample());
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

  @Test
  void whatIsThereAtTheStartIsInForceAndChecked() throws Exception {
    host.close();
    write("slipway.acceptor-main.cfg", "port = 2001\n");
    write("slipway.acceptor-bad.cfg", "port = 70000\n");
    write("conf.ini", "[main]\nstartup = ./Services/echo.dll # fixed\n");
    Files.createDirectory(conf.resolve("below"));
    write("below/slipway.acceptor-below.cfg", "port = 2002\n");
    write(".slipway.acceptor-hidden.cfg", "port = 2003\n");
    host = new TestFramework(cache, home);
    host.register(new Sample());
    host.withHost(); // the first look is part of its start
    assertThat(host.configurations())
        .containsOnlyKeys("slipway.acceptor~main", "slipway.service~echo");
    assertThat(host.keys("slipway.acceptor~main")).doesNotContain("felix.fileinstall.filename");
    assertThat(host.store().refusals()).hasSize(1).first().asString().contains("port = 70000");
  }

  @Test
  void aRenamedFileIsTheOtherConfiguration() throws Exception {
    write("slipway.acceptor-a.cfg", "port = 2001\n");
    awaitPort("slipway.acceptor~a", "2001");
    Files.move(conf.resolve("slipway.acceptor-a.cfg"), conf.resolve("slipway.acceptor-b.cfg"));
    awaitPort("slipway.acceptor~b", "2001");
    assertThat(host.configurations()).containsOnlyKeys("slipway.acceptor~b");
    assertThat(host.log().problems()).isEmpty();
  }

  @Test
  void whatIsRefusedIsLoggedAndTheLastGoodGoesOnUntilItIsRight() throws Exception {
    write("slipway.acceptor-a.cfg", "port = 2001\n");
    awaitPort("slipway.acceptor~a", "2001");
    for (String wrong :
        List.of("port = 70000\n", "port = abc\n", "", "\0\1\2", "#".repeat(70_000))) {
      write("slipway.acceptor-a.cfg", wrong);
      host.await("refused", () -> host.store().refusals().size() == 1);
      assertThat(host.configuration("slipway.acceptor~a")).containsEntry("port", "2001");
      write("slipway.acceptor-a.cfg", "port = 2001\n# right\n");
      host.await("accepted", () -> host.store().refusals().isEmpty());
    }
    assertThat(host.log().problems()).hasSize(5);
  }

  @Test
  void aHalfWrittenFileIsTakenOnceItIsComplete() throws Exception {
    write("slipway.acceptor-a.cfg", "state = ST");
    host.await("refused", () -> host.store().refusals().size() == 1);
    Files.writeString(
        conf.resolve("slipway.acceptor-a.cfg"), "OP\nport = 2001\n", StandardOpenOption.APPEND);
    awaitPort("slipway.acceptor~a", "2001");
    assertThat(host.store().refusals()).isEmpty();
  }

  @Test
  void ofTwoQuickEditsTheLastOneCounts() throws Exception {
    for (int port = 2001; port < 2010; port++) {
      write("slipway.acceptor-a.cfg", "port = " + port + "\n");
      write("slipway.acceptor-a.cfg", "port = " + (port + 1000) + "\n");
      awaitPort("slipway.acceptor~a", String.valueOf(port + 1000));
    }
  }

  @Test
  void anEditorsFilesAreNoConfigurations() throws Exception {
    write("slipway.acceptor-a.cfg~", "port = 2001\n");
    write(".slipway.acceptor-a.cfg", "port = 2001\n");
    write(".slipway.acceptor-a.cfg.swp", "port = 2001\n");
    write("slipway.acceptor-a.cfg.bak", "port = 2001\n");
    write("slipway.acceptor-a.CFG", "port = 2001\n");
    Files.createDirectory(conf.resolve("below"));
    write("below/slipway.acceptor-a.cfg", "port = 2001\n");
    write("slipway.acceptor-b.cfg", "port = 2002\n");
    awaitPort("slipway.acceptor~b", "2002");
    write("slipway.acceptor-b.cfg", "port = 2003\n");
    awaitPort("slipway.acceptor~b", "2003");
    assertThat(host.configurations()).containsOnlyKeys("slipway.acceptor~b");
  }

  @Test
  void aSavedConfigurationIsUpdatedOnce() throws Exception {
    host.store().save("slipway.acceptor", "a", Map.of("port", "2001"));
    host.store().save("slipway.acceptor", "a", Map.of("port", "2002"));
    assertThat(host.configuration("slipway.acceptor~a")).containsEntry("port", "2002");
    Configuration a = host.admin().listConfigurations("(service.pid=slipway.acceptor~a)")[0];
    long count = a.getChangeCount();
    // when the watcher has told of this one, it has told of the other
    write("slipway.acceptor-b.cfg", "port = 2003\n");
    awaitPort("slipway.acceptor~b", "2003");
    assertThat(a.getChangeCount()).isEqualTo(count);
    assertThat(host.store().change("slipway.acceptor", "a", Map.of("port", "2004"))).isTrue();
    assertThat(host.configuration("slipway.acceptor~a")).containsEntry("port", "2004");
    host.store().remove("slipway.acceptor", "a");
    assertThat(host.store().change("slipway.acceptor", "a", Map.of("port", "2005"))).isFalse();
    assertThat(host.configurations()).containsOnlyKeys("slipway.acceptor~b");
    assertThat(conf.resolve("slipway.acceptor-a.cfg")).doesNotExist();
  }

  @Test
  void editsInConfigAdminAreWrittenOrUndone() throws Exception {
    Configuration a = host.admin().getFactoryConfiguration("slipway.acceptor", "a", "?");
    a.update(new Hashtable<>(Map.of("port", "2001")));
    Path file = conf.resolve("slipway.acceptor-a.cfg");
    host.await("written", () -> Files.exists(file));
    assertThat(file).content().endsWith("port = 2001\n");
    a.update(new Hashtable<>(Map.of("port", "abc")));
    host.await("undone", () -> host.log().problems().size() == 1);
    awaitPort("slipway.acceptor~a", "2001");
    assertThat(file).content().endsWith("port = 2001\n");
    a.delete();
    host.await("deleted", () -> !Files.exists(file));
  }

  @Test
  void aCheckThatComesLateIsAsked() throws Exception {
    check.unregister();
    write("slipway.acceptor-a.cfg", "port = 70000\n");
    awaitPort("slipway.acceptor~a", "70000");
    host.register(new Sample());
    assertThat(host.configurations()).isEmpty();
    assertThat(host.store().refusals()).hasSize(1);
  }

  @Test
  void whatWasInForceBeforeARestartIsGoneBackTo() throws Exception {
    write("slipway.acceptor-a.cfg", "port = 2001\n");
    awaitPort("slipway.acceptor~a", "2001");
    host.close();
    write("slipway.acceptor-a.cfg", "port = 70000\n");
    host = new TestFramework(cache, home);
    host.withHost();
    awaitPort("slipway.acceptor~a", "70000");
    host.register(new Sample());
    assertThat(host.configuration("slipway.acceptor~a")).containsEntry("port", "2001");
    assertThat(host.store().refusals()).hasSize(1);
    host.store().announced().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void theIniFileIsWatchedToo() throws Exception {
    write("conf.ini", "[main]\naccept_servers = a # one\n[a]\nport = 2001 # it\n");
    awaitPort("slipway.acceptor~a", "2001");
    write("conf.ini", "[main]\naccept_servers = a # one\n[a]\nport = 2002 # it\n");
    awaitPort("slipway.acceptor~a", "2002");
    host.store().save("slipway.acceptor", "a", Map.of("port", "2003"));
    assertThat(conf.resolve("conf.ini"))
        .hasContent("[main]\naccept_servers = a # one\n[a]\nport = 2003 # it\n");
    Files.delete(conf.resolve("conf.ini"));
    host.await("gone", () -> host.configurations().isEmpty());
  }

  @Test
  void whatHappenedWhileThisBundleWasStoppedIsMadeGood() throws Exception {
    write("slipway.acceptor-a.cfg", "port = 2001\n");
    write("slipway.acceptor-b.cfg", "port = 2002\n");
    awaitPort("slipway.acceptor~a", "2001");
    awaitPort("slipway.acceptor~b", "2002");
    write("org.other.cfg", "a = 1\n"); // told of it, the watcher is done with the two
    host.await("other", () -> host.configurations().size() == 3);
    host.subject().stop();
    write("slipway.acceptor-a.cfg", "port = 70000\n");
    Files.delete(conf.resolve("slipway.acceptor-b.cfg"));
    write("slipway.acceptor-c.cfg", "port = 2002\n");
    host.subject().start();
    assertThat(host.configurations())
        .containsOnlyKeys("org.other", "slipway.acceptor~a", "slipway.acceptor~c");
    assertThat(host.configuration("slipway.acceptor~a"))
        .as("the last good one goes on")
        .containsEntry("port", "2001");
    assertThat(host.store().refusals()).hasSize(1);
    write("slipway.acceptor-a.cfg", "port = 2003\n");
    awaitPort("slipway.acceptor~a", "2003");
    host.await("accepted", () -> host.store().refusals().isEmpty());
    write("slipway.acceptor-c.cfg", "port = abc\n");
    host.await("refused", () -> host.store().refusals().size() == 1);
    assertThat(host.configuration("slipway.acceptor~c")).containsEntry("port", "2002");
  }

  @Test
  void editsAndSavesAtOnceEndInOneTruth() throws Exception {
    Path file = conf.resolve("slipway.acceptor-a.cfg");
    write("slipway.acceptor-a.cfg", "port = 2001\n");
    awaitPort("slipway.acceptor~a", "2001");
    AtomicBoolean saving = new AtomicBoolean(true);
    Semaphore edits = new Semaphore(0);
    CompletableFuture<Void> editor =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; saving.get(); i++) {
                edits.acquireUninterruptibly();
                try {
                  Path draft =
                      Files.writeString(
                          home.resolve("draft"), "port = " + (3000 + i % 1000) + "\n");
                  Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              }
            });
    for (int i = 0; i < 100; i++) {
      edits.drainPermits();
      edits.release(20); // fewer than a save bears
      host.store().save("slipway.acceptor", "a", Map.of("state", i % 2 == 0 ? "STOP" : "START"));
    }
    saving.set(false);
    edits.release();
    editor.get();
    host.store().save("slipway.acceptor", "a", Map.of("state", "STOP"));
    Map<String, Object> values = KeyedText.parse(new CfgSyntax(), Files.readString(file)).values();
    assertThat(values).containsEntry("state", "STOP").containsKey("port");
    host.await("the same", () -> values.equals(host.configuration("slipway.acceptor~a")));
    assertThat(host.store().refusals()).isEmpty();
    try (Stream<Path> left = Files.list(conf)) {
      assertThat(left).containsExactly(file);
    }
  }
}
