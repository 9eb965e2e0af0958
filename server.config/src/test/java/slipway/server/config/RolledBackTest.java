package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationListener;
import slipway.admin.RefusedFile;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Versions of a bundle that come and go with their checks, against the real Config Admin. */
class RolledBackTest {

  private static final String PID = "slipway.kv";
  private static final String FILE = "slipway.kv.cfg";
  private static final String REFUSED =
      "conf/slipway.kv.cfg: size = 500: allowed is a whole number from 1 to 10";

  @TempDir static Path cache;
  private static TestFramework framework;
  private static Journal journal;

  @TempDir Path home;
  private Path conf;
  private LogRecords log;
  private Store store;
  private final Map<ConfigurationCheck, ServiceRegistration<ConfigurationCheck>> there =
      new HashMap<>();
  private final ConfigurationCheck old = new Limit(1, 10);
  private final ConfigurationCheck later = new Limit(1, 1000);

  /** The keys. */
  @interface Keys {
    int size() default 1;

    String note() default "";
  }

  /** A version, which takes sizes up to its limit. */
  private record Limit(int min, int max) implements ConfigurationCheck {
    @Override
    public Class<? extends Annotation> type() {
      return Keys.class;
    }

    @Override
    public void check(String name, Settings settings) throws InvalidConfiguration {
      settings.integer("size", min, max);
    }
  }

  @BeforeAll
  static void startFramework() throws Exception {
    framework = new TestFramework(cache.resolve("cache"), cache);
    journal = framework.withJournal(cache.resolve("store"));
  }

  @AfterAll
  static void stopFramework() throws Exception {
    framework.close();
  }

  @BeforeEach
  void start() throws Exception {
    conf = Files.createDirectory(home.resolve("conf"));
    log = new LogRecords(() -> {});
    restart();
    store.start();
  }

  @AfterEach
  void stop() throws Exception {
    there.values().forEach(ServiceRegistration::unregister);
    log.close();
    Configuration[] all = framework.admin().listConfigurations(null);
    for (Configuration configuration : all == null ? new Configuration[0] : all) {
      configuration.delete();
    }
    while (journal.first() != null) {
      journal.followed();
    }
  }

  private void restart() {
    store =
        new Store(
            new ConfFolder(conf),
            home.resolve("var/conf"),
            framework.admin(),
            journal,
            new CheckArrivals(List::of));
  }

  private void come(ConfigurationCheck check) {
    Hashtable<String, Object> properties = new Hashtable<>(Map.of(ConfigurationCheck.PID, PID));
    there.put(
        check, framework.context().registerService(ConfigurationCheck.class, check, properties));
    store.addCheck(check, there.get(check).getReference());
  }

  private void go(ConfigurationCheck check) {
    ServiceRegistration<ConfigurationCheck> gone = there.remove(check);
    store.removeCheck(check, gone.getReference());
    gone.unregister();
  }

  private void replace(ConfigurationCheck from, ConfigurationCheck to) {
    come(to);
    go(from);
  }

  private void write(String text) throws IOException {
    Files.writeString(conf.resolve(FILE), text);
    store.changed(FILE);
  }

  private Object size() throws Exception {
    return framework.configuration(PID).get("size");
  }

  private Configuration configAdmins() throws IOException {
    return framework.admin().getConfiguration(PID, "?");
  }

  private void edit(Map<String, Object> values) throws Exception {
    configAdmins().update(new Hashtable<>(values));
    store.follow(new ConfigurationId(PID, ""), PID);
  }

  /** The newer version is in use, with a file that the old one refuses. */
  private void useLater() throws Exception {
    come(old);
    write("size = 5\n");
    replace(old, later);
    write("size = 500\n");
    assertThat(size()).isEqualTo("500");
    assertThat(log.problems()).isEmpty();
  }

  @Test
  void aVersionThatRefusesTheFileGoesOnWithWhatItHadLast() throws Exception {
    useLater();
    come(old);
    assertThat(size()).as("both take it").isEqualTo("5");
    go(later);
    assertThat(size()).isEqualTo("5");
    assertThat(conf.resolve(FILE)).hasContent("size = 500\n");
    assertThat(store.refusals()).containsExactly(REFUSED);
    assertThat(store.refusalsExcept("slipway.acceptor"))
        .containsExactly(
            new RefusedFile(
                FILE, List.of(""), "size = 500: allowed is a whole number from 1 to 10"));
    assertThat(log.problems())
        .containsExactly(
            "SEVERE "
                + REFUSED
                + ". The file is refused; the last good configuration stays in "
                + "force");
  }

  @Test
  void rollingForwardGivesTheNewerValuesBack() throws Exception {
    useLater();
    replace(later, old);
    come(later);
    assertThat(size()).as("both have to take it").isEqualTo("5");
    assertThat(store.refusals()).hasSize(1);
    go(old);
    assertThat(size()).isEqualTo("500");
    assertThat(store.refusals()).isEmpty();
    replace(later, old);
    assertThat(size()).isEqualTo("5");
    replace(old, later);
    assertThat(size()).isEqualTo("500");
  }

  @Test
  void aVersionThatStopsBeforeTheOtherComesMakesNoDifference() throws Exception {
    useLater();
    go(later);
    assertThat(size()).isEqualTo("500");
    come(old);
    assertThat(size()).isEqualTo("5");
    go(old);
    assertThat(size()).isEqualTo("5");
    come(later);
    assertThat(size()).isEqualTo("500");
    assertThat(store.refusals()).isEmpty();
  }

  @Test
  void aCandidateThatRefusesTheFileAndFailsChangesNothing() throws Exception {
    useLater();
    come(old);
    go(old);
    assertThat(size()).isEqualTo("500");
    assertThat(store.refusals()).isEmpty();
  }

  @Test
  void withoutGoodValuesTheConfigurationIsWithdrawnAndThatIsTold() throws Exception {
    write("size = 500\n");
    come(old);
    assertThat(framework.configurations()).isEmpty();
    assertThat(store.refusals()).containsExactly(REFUSED);
    assertThat(store.refusalsExcept("slipway.acceptor").getFirst().goOn()).isEmpty();
    assertThat(log.problems())
        .last()
        .asString()
        .isEqualTo(
            "SEVERE "
                + REFUSED
                + ". The file is refused; nothing that was in force before is accepted either, "
                + "so what it configures has its defaults, or does not run");
    write("size = 7\n");
    assertThat(size()).isEqualTo("7");
  }

  @Test
  void whatNoTwoVersionsTakeStaysWithTheOneThatWasThere() throws Exception {
    ConfigurationCheck other = new Limit(100, 1000);
    come(old);
    write("size = 5\n");
    come(other);
    assertThat(size()).isEqualTo("5");
    assertThat(log.problems())
        .containsExactly(
            "SEVERE conf/slipway.kv.cfg: size = 5: allowed is a whole number from 100 to 1000."
                + " The file is refused; it stays in force while another version accepts it, "
                + "as there is nothing that both accept");
    go(old);
    assertThat(framework.configurations()).as("nothing is known that it takes").isEmpty();
    assertThat(log.problems()).hasSize(2).last().asString().contains("What was in force of it");
    write("size = 500\n");
    come(old);
    assertThat(size()).isEqualTo("500");
    go(other);
    assertThat(size()).isEqualTo("5");
    come(other);
    assertThat(size()).as("it does not change under the one that is there").isEqualTo("5");
    go(old);
    assertThat(size()).isEqualTo("500");
    assertThat(store.refusals()).isEmpty();
  }

  @Test
  void anEditWhileRolledBackCountsAsSoonAsItIsTaken() throws Exception {
    useLater();
    replace(later, old);
    write("size = 600\n");
    assertThat(size()).isEqualTo("5");
    assertThat(store.refusals()).singleElement().asString().contains("size = 600");
    write("size = 7\n");
    assertThat(size()).isEqualTo("7");
    assertThat(store.refusals()).isEmpty();
    write("size = 800\n");
    replace(old, later);
    assertThat(size()).isEqualTo("800");
    replace(later, old);
    assertThat(size()).isEqualTo("7");
  }

  @Test
  void anEditInConfigAdminWhileRolledBackCountsIfItMendsTheFile() throws Exception {
    useLater();
    replace(later, old);
    edit(Map.of("size", "5", "note", "mine"));
    assertThat(framework.configuration(PID)).isEqualTo(Map.of("size", "5"));
    assertThat(conf.resolve(FILE)).hasContent("size = 500\n");
    assertThat(log.problems())
        .last()
        .asString()
        .isEqualTo("SEVERE An edit of slipway.kv in Config Admin is undone: " + REFUSED);
    edit(Map.of("size", "6", "note", "mine"));
    assertThat(framework.configuration(PID)).isEqualTo(Map.of("size", "6", "note", "mine"));
    assertThat(conf.resolve(FILE)).hasContent("size = 6\nnote = mine\n");
    assertThat(store.refusals()).isEmpty();
  }

  @Test
  void aFileThatIsDeletedIsNotRemembered() throws Exception {
    useLater();
    replace(later, old);
    Files.delete(conf.resolve(FILE));
    store.changed(FILE);
    assertThat(framework.configurations()).isEmpty();
    assertThat(store.refusals()).isEmpty();
    assertThat(home.resolve("var/conf")).isEmptyDirectory();
    write("size = 500\n");
    assertThat(framework.configurations()).isEmpty();
    assertThat(log.problems())
        .last()
        .asString()
        .isEqualTo("SEVERE " + REFUSED + ". The file is refused; nothing of it is in force");
  }

  @Test
  void aFileThatIsDeletedWhileTheHostIsDownIsNotRemembered() throws Exception {
    useLater();
    Files.delete(conf.resolve(FILE));
    restart();
    store.start();
    assertThat(home.resolve("var/conf")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRestartWithTheOldVersionGivesItWhatItHadLast(boolean first) throws Exception {
    useLater();
    go(later);
    restart();
    if (first) {
      come(old);
      store.start();
    } else {
      store.start();
      assertThat(size()).isEqualTo("500");
      come(old);
    }
    assertThat(size()).isEqualTo("5");
    assertThat(store.refusals()).containsExactly(REFUSED);
    assertThat(log.problems())
        .last()
        .asString()
        .isEqualTo(
            "SEVERE "
                + REFUSED
                + ". The file is refused; the last good configuration stays in "
                + "force");
    replace(old, later);
    assertThat(size()).isEqualTo("500");
  }

  @Test
  void aRefusedFileIsNotTriedAgainWhileNobodyIsThereToCheckIt() throws Exception {
    useLater();
    replace(later, old);
    go(old);
    Files.writeString(conf.resolve("org.other.cfg"), "a = 1\n");
    store.changed("org.other.cfg");
    assertThat(size()).isEqualTo("5");
    assertThat(store.refusals()).containsExactly(REFUSED);
    int told = log.problems().size();
    come(old);
    assertThat(log.problems()).as("nothing new").hasSize(told);
    go(old);
    write("size = 700\n");
    assertThat(size()).as("nobody has refused this one").isEqualTo("700");
  }

  @Test
  void theStoresEndIsNoChangeOfVersions() throws Exception {
    useLater();
    come(old);
    store.stop();
    go(old);
    assertThat(size()).isEqualTo("5");
    go(later);
  }

  // the sections of a file

  @Test
  void goodValuesThatASiblingHasTakenMeanwhileAreNotGoodAnyMore() throws Exception {
    ConfigurationCheck sample = new Sample();
    Hashtable<String, Object> properties =
        new Hashtable<>(Map.of(ConfigurationCheck.PID, Sample.PID));
    ServiceRegistration<ConfigurationCheck> registered =
        framework.context().registerService(ConfigurationCheck.class, sample, properties);
    store.addCheck(sample, registered.getReference());
    acceptor("a", "port = 2001\n");
    acceptor("b", "port = 2002\n");
    acceptor("b", "port = 2003\n");
    store.removeCheck(sample, registered.getReference());
    acceptor("b", "port = 70000\n");
    acceptor("a", "port = 2003\n");
    store.addCheck(sample, registered.getReference());
    registered.unregister();
    assertThat(framework.configurations())
        .isEqualTo(
            Map.of(
                "slipway.acceptor~a", Map.of("port", "2003"),
                "slipway.acceptor~b", Map.of("port", "2002")));
  }

  private void acceptor(String name, String text) throws IOException {
    String file = "slipway.acceptor-" + name + ".cfg";
    Files.writeString(conf.resolve(file), text);
    store.changed(file);
  }

  // threads

  @Test
  void whatACheckHasChangedIsAnnouncedOnceAllListenersKnowIt() throws Exception {
    AtomicReference<CountDownLatch> held = new AtomicReference<>(new CountDownLatch(1));
    ConfigurationListener slow =
        event -> {
          try {
            held.get().await(1, TimeUnit.MINUTES);
          } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
          }
        };
    useLater();
    assertThat(store.announced().toCompletableFuture()).as("nothing is owed").isCompleted();
    ServiceRegistration<?> writeBack =
        framework
            .context()
            .registerService(ConfigurationListener.class, new WriteBack(store), null);
    ServiceRegistration<?> listener =
        framework.context().registerService(ConfigurationListener.class, slow, null);
    come(old);
    CompletableFuture<Void> announced = store.announced().toCompletableFuture();
    assertThat(announced).isNotDone();
    held.get().countDown();
    announced.get(1, TimeUnit.MINUTES);
    assertThat(store.announced().toCompletableFuture()).isCompleted();
    held.set(new CountDownLatch(1));
    go(old);
    announced = store.announced().toCompletableFuture();
    assertThat(announced).as("what comes of a check that goes").isNotDone();
    held.get().countDown();
    announced.get(1, TimeUnit.MINUTES);
    listener.unregister();
    writeBack.unregister();
    assertThat(framework.configurations()).as("no mark is left").containsOnlyKeys(PID);
    assertThat(journal.first()).isNull();
  }

  @Test
  void noVersionEverSeesWhatItRefusesHoweverTheFileIsEdited() throws Exception {
    come(old);
    write("size = 5\n");
    come(later);
    AtomicBoolean editing = new AtomicBoolean(true);
    CompletableFuture<Void> editor =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; editing.get(); i++) {
                  write("size = " + (i % 2 == 0 ? 500 : 1 + i % 10) + "\nnote = " + i + "\n");
                }
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            });
    for (int i = 0; i < 50; i++) {
      assertThat(Integer.parseInt((String) size())).isBetween(1, 10);
      go(later);
      assertThat(Integer.parseInt((String) size())).isBetween(1, 10);
      replace(old, later);
      come(old);
    }
    editing.set(false);
    editor.get(1, TimeUnit.MINUTES);
    go(old);
    write("size = 900\n");
    assertThat(framework.configuration(PID)).isEqualTo(Map.of("size", "900"));
    assertThat(store.refusals()).isEmpty();
  }
}
