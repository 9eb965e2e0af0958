package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import slipway.admin.RefusedFile;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Files and edits against the real Config Admin, in one thread. */
class ConfigurationsTest {

  private static final ConfigurationId A = new ConfigurationId("slipway.acceptor", "a");
  private static final ConfigurationId B = new ConfigurationId("slipway.acceptor", "b");
  private static final ConfigurationId ECHO = new ConfigurationId("slipway.service", "echo");
  private static final String FILE_A = "slipway.acceptor-a.cfg";
  private static final String FILE_B = "slipway.acceptor-b.cfg";
  private static final String INI =
      """
      [main]
      accept_servers = a, b        # two
      startup = ./Services/echo.dll, ./Services/time.dll

      [a]
      port = 2000                  # the first
      [b]
      port = 2020                  ; the second
      """;

  @TempDir static Path cache;
  private static TestFramework framework;
  private static Journal journal;

  @TempDir Path conf;
  @TempDir Path kept;
  private final Checks checks = new Checks();
  private final Sample sample = new Sample();
  private LogRecords log;
  private ConfFiles files;
  private RefusedFiles refused;
  private Configurations configurations;
  private ConfigAdminFollower follower;

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
  void setUp() {
    log = new LogRecords(() -> {});
    checks.add(Sample.PID, sample, "1");
    restart(conf);
  }

  private void restart(Path folder) {
    restart(new ConfFolder(folder));
  }

  private void restart(ConfFolder disk) {
    ConfigAdminClient client = new ConfigAdminClient(framework.admin(), journal);
    ConfigAdminMirror mirror = new ConfigAdminMirror(client, checks);
    files = new ConfFiles(disk, checks, mirror, new LastGood(new LastGoodFolder(kept)));
    refused = new RefusedFiles(files.states(), mirror);
    configurations = new Configurations(disk, files, mirror);
    follower = new ConfigAdminFollower(disk, files, configurations, mirror, client, journal);
  }

  @AfterEach
  void tearDown() throws Exception {
    log.close();
    Configuration[] all = framework.admin().listConfigurations(null);
    for (Configuration configuration : all == null ? new Configuration[0] : all) {
      configuration.delete();
    }
    while (journal.first() != null) {
      journal.followed();
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(conf.resolve(name), text);
    files.changed(name);
  }

  private void delete(String name) throws IOException {
    Files.delete(conf.resolve(name));
    files.changed(name);
  }

  private void save(ConfigurationId id, Map<String, String> changes) throws Exception {
    configurations.store(id, with(changes));
  }

  private boolean change(ConfigurationId id, Map<String, String> changes) throws Exception {
    return configurations.change(id, with(changes));
  }

  private static UnaryOperator<Map<String, Object>> with(Map<String, String> changes) {
    return current -> {
      Map<String, Object> wanted = new TreeMap<>(current);
      wanted.putAll(changes);
      return wanted;
    };
  }

  @Test
  void anEditWaitsForAFileThatSomebodyHasEmptiedAndWrites() throws Exception {
    AtomicInteger looks = new AtomicInteger(-1000);
    restart(
        new ConfFolder(conf) {
          @Override
          Optional<String> read(String name) throws InvalidConfiguration {
            if (looks.incrementAndGet() == 3) {
              try {
                Files.writeString(conf.resolve(name), "port = 2001\nmax.connections = 7\n");
              } catch (IOException failed) {
                throw new UncheckedIOException(failed);
              }
            }
            return super.read(name);
          }
        });
    write(FILE_A, "port = 2000\nmax.connections = 5\n");
    Files.writeString(conf.resolve(FILE_A), "");
    looks.set(0);
    save(A, Map.of("state", "STOP"));
    assertThat(Files.readString(conf.resolve(FILE_A)))
        .isEqualTo("port = 2001\nmax.connections = 7\nstate = STOP\n");
  }

  @Test
  void aFileThatStaysEmptyIsTakenAsItIs() throws Exception {
    write(FILE_A, "port = 2000\n");
    Files.writeString(conf.resolve(FILE_A), "");
    save(A, Map.of("port", "2002"));
    assertThat(Files.readString(conf.resolve(FILE_A))).isEqualTo("port = 2002\n");
  }

  @ParameterizedTest
  @CsvSource({"slipway.acceptor, a, slipway.acceptor-a.cfg", "slipway.some, '', slipway.some.cfg"})
  void aNewConfigurationIsToldOnce(String pid, String name, String file) throws Exception {
    ConfigurationId id = new ConfigurationId(pid, name);
    AtomicInteger updates = new AtomicInteger();
    ServiceRegistration<SynchronousConfigurationListener> listener =
        framework
            .context()
            .registerService(
                SynchronousConfigurationListener.class,
                event -> {
                  if (event.getType() == ConfigurationEvent.CM_UPDATED) {
                    updates.incrementAndGet();
                  }
                },
                null);
    try {
      write(file, "port = 2000\n");
      follower.follow(id, id.cmPid()); // as when Config Admin has told of it
      assertThat(updates).hasValue(1);
      write(file, "port = 2001\n");
      follower.follow(id, id.cmPid());
      assertThat(updates).hasValue(2);
    } finally {
      listener.unregister();
    }
  }

  private Map<String, Map<String, Object>> inForce() throws Exception {
    return framework.configurations();
  }

  private Object port(ConfigurationId id) throws Exception {
    return framework.configuration(id.cmPid()).get("port");
  }

  private Configuration configAdmins(ConfigurationId id) throws Exception {
    return framework.admin().getFactoryConfiguration(id.pid(), id.name(), "?");
  }

  private void edit(ConfigurationId id, Map<String, Object> values) throws Exception {
    Dictionary<String, Object> properties = new Hashtable<>(values);
    configAdmins(id).update(properties);
    follower.follow(id, id.cmPid());
  }

  // files

  @Test
  void singletonsAndFactoriesAreWhatTheirFilesSay() throws Exception {
    write("org.other.cfg", "name = Grüße\n");
    write(FILE_A, "port = 2001\r\nstate = STOP");
    write("slipway.acceptor~b.config", "port=I\"2002\"\n");
    assertThat(inForce())
        .isEqualTo(
            Map.of(
                "org.other", Map.of("name", "Grüße"),
                "slipway.acceptor~a", Map.of("port", "2001", "state", "STOP"),
                "slipway.acceptor~b", Map.of("port", 2002)));
    assertThat(framework.keys("slipway.acceptor~a"))
        .containsOnly("port", "state", "service.pid", "service.factoryPid");
    assertThat(log.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port = 70000 | port = 70000: allowed is a whole number from 0 to 65535",
        "port = abc | port = abc: allowed is a whole number from 0 to 65535",
        "state = RUN | state = RUN: allowed is START or STOP",
        "'' | is empty: allowed is key = value; to remove the configuration, delete the file",
        "# no | has no key: allowed is key = value; to remove the configuration, delete the file",
        "a\0b = c | is not text: allowed is text in UTF-8 without NUL bytes",
        "port = 1~port = 2 | key port is in line 1 and in line 2: allowed is once",
      })
  void aWrongFileIsRefusedAndTheLastGoodOneGoesOn(String text, String reason) throws Exception {
    write(FILE_A, "port = 2001\n");
    write(FILE_A, text.replace('~', '\n'));
    String refusal = "conf/slipway.acceptor-a.cfg: " + reason;
    assertThat(files.states().refusals()).containsExactly(refusal);
    assertThat(port(A)).isEqualTo("2001");
    assertThat(log.problems())
        .containsExactly(
            "SEVERE "
                + refusal
                + ". The file is refused; the last good configuration stays in "
                + "force");
    write(FILE_A, "port = 2002\n");
    assertThat(files.states().refusals()).isEmpty();
    assertThat(port(A)).isEqualTo("2002");
  }

  @Test
  void aFileThatWasNeverRightGivesNothing() throws Exception {
    Files.write(conf.resolve(FILE_A), new byte[10 * 1024 * 1024]);
    files.changed(FILE_A);
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/slipway.acceptor-a.cfg: has 10485760 bytes: allowed are up to 65536");
    assertThat(inForce()).isEmpty();
    delete(FILE_A);
    assertThat(files.states().refusals()).isEmpty();
  }

  @Test
  void theRefusedFilesOfAPidAreToldWithWhatGoesOn() throws Exception {
    write(FILE_A, "port = 2001\n");
    write(FILE_A, "port = 2001\nport = 2002\n");
    write(FILE_B, "port = 70000\n");
    write("slipway.service-x.cfg", "");
    write("-.cfg", "port = 1\n");
    String range = "port = 70000: allowed is a whole number from 0 to 65535";
    assertThat(refused.of("slipway.acceptor"))
        .containsExactly(
            new RefusedFile(
                FILE_A, List.of("a"), "key port is in line 1 and in line 2: allowed is once"),
            new RefusedFile(FILE_B, List.of(), range));
    delete(FILE_A);
    delete(FILE_B);
    write("conf.ini", INI);
    write("conf.ini", INI.replace("2000", "70000"));
    assertThat(refused.of("slipway.acceptor"))
        .containsExactly(new RefusedFile("conf.ini", List.of("a", "b"), "[a] " + range));
    assertThat(refused.of("slipway.service"))
        .extracting(RefusedFile::file)
        .containsExactly("conf.ini", "slipway.service-x.cfg");
    assertThat(refused.of("org.other")).isEmpty();
  }

  @Test
  void anUnknownKeyIsWarnedOfOnceForEachText() throws Exception {
    String warning =
        "WARNING conf/slipway.acceptor-a.cfg: key colour is unknown and ignored;"
            + " known are ip, port, service, service.override, state";
    write(FILE_A, "colour = 2001\n");
    files.changed(FILE_A);
    files.checksChanged(Sample.PID);
    assertThat(log.problems()).containsExactly(warning);
    write(FILE_A, "colour = 2002\n");
    assertThat(log.problems()).containsExactly(warning, warning);
    assertThat(inForce()).containsKey("slipway.acceptor~a");
  }

  @ParameterizedTest
  @CsvSource({"Port,port", "prot,port", "stat,state", "service_override,service.override"})
  void aMisspeltKeyIsRefusedWhereverItComesFrom(String key, String meant) throws Exception {
    String reason = key + " is unknown: allowed is " + meant;
    write(FILE_A, "port = 2001\n");
    write(FILE_A, key + " = 2002\n");
    assertThat(files.states().refusals())
        .containsExactly("conf/slipway.acceptor-a.cfg: key " + reason);
    assertThat(port(A)).isEqualTo("2001");
    write(FILE_A, "port = 2001\n");
    edit(A, Map.of(key, "2002"));
    assertThat(framework.configuration(A.cmPid())).isEqualTo(Map.of("port", "2001"));
    assertThat(log.problems()).hasSize(2).last().asString().endsWith(reason);
    assertThatThrownBy(() -> save(new ConfigurationId(Sample.PID, "b"), Map.of(key, "2002")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage("conf/slipway.acceptor-b.cfg: key " + reason);
    delete(FILE_A);
    write("conf.ini", INI.replace("port = 2000 ", key + " = 2000"));
    assertThat(files.states().refusals()).containsExactly("conf/conf.ini: [a] key " + reason);
    write("conf.ini", INI.replace("startup", "Startup"));
    assertThat(files.states().refusals())
        .containsExactly("conf/conf.ini: [main] key Startup is unknown: allowed is startup");
  }

  private void writeOpen(String name, String text, String permissions) throws IOException {
    Files.deleteIfExists(conf.resolve(name));
    Files.createFile(conf.resolve(name));
    Files.setPosixFilePermissions(conf.resolve(name), PosixFilePermissions.fromString(permissions));
    write(name, text);
  }

  @Test
  void aFileWithAPasswordThatOthersMayReadIsWarnedOfOnceForEachText() throws Exception {
    String warning =
        "WARNING conf/org.example.cfg: holds a password, and others than the host's user may read"
            + " it: chmod 600 conf/org.example.cfg";
    writeOpen("org.example.cfg", "db.Password = hidden\n", "rw-r-----");
    files.changed("org.example.cfg");
    assertThat(log.problems()).containsExactly(warning);
    writeOpen("org.example.cfg", "client-secret = other\n", "rw----r--");
    assertThat(log.problems()).containsExactly(warning, warning);
  }

  @Test
  void aFileForItsOwnerAloneOrWithoutAPasswordIsNotWarnedOf() throws Exception {
    writeOpen("org.example.cfg", "password = hidden\n", "rw-------");
    writeOpen("org.example.two.cfg", "password = \nuser = me\n", "rw-r--r--");
    writeOpen("org.example.three.cfg", "password.file = conf/x\n", "rw-r--r--");
    assertThat(log.problems()).isEmpty();
  }

  @Test
  void theSecondFileForAConfigurationIsRefusedUntilTheFirstIsGone() throws Exception {
    write(FILE_A, "port = 2001\n");
    write("slipway.acceptor-a.config", "port=\"2002\"\n");
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/slipway.acceptor-a.config: slipway.acceptor~a is defined in"
                + " conf/slipway.acceptor-a.cfg: allowed is one file for a configuration");
    delete(FILE_A);
    assertThat(port(A)).isEqualTo("2002");
    assertThat(files.states().refusals()).isEmpty();
  }

  @Test
  void aFileThatIsRenamedToItsOtherNameTakesOverWithoutAGap() throws Exception {
    write(FILE_A, "port = 2001\n");
    Configuration configuration = configAdmins(A);
    Files.move(conf.resolve(FILE_A), conf.resolve("slipway.acceptor~a.cfg"));
    files.changed(FILE_A);
    assertThat(configuration.getProperties().get("port")).isEqualTo("2001"); // throws if deleted
    save(A, Map.of("port", "2002"));
    assertThat(conf.resolve("slipway.acceptor~a.cfg")).hasContent("port = 2002\n");
  }

  @Test
  void aRefusedFileIsTriedAgainWhenWhatStoodInItsWayChanges() throws Exception {
    write(FILE_A, "port = 2001\n");
    write(FILE_B, "port = 2001\n");
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/slipway.acceptor-b.cfg: port = 2001: allowed is one that a does not have");
    write(FILE_A, "port = 2002\n");
    assertThat(files.states().refusals()).isEmpty();
    assertThat(inForce()).containsKeys("slipway.acceptor~a", "slipway.acceptor~b");
  }

  @Test
  void aCheckThatComesLaterIsAskedAboutWhatIsThere() throws Exception {
    checks.remove(Sample.PID, sample);
    write(FILE_A, "port = 70000\n");
    write(FILE_B, "colour = 1\n");
    assertThat(port(A)).isEqualTo("70000");
    checks.add(Sample.PID, sample, "1");
    files.checksChanged(Sample.PID);
    assertThat(inForce()).containsOnlyKeys("slipway.acceptor~b");
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/slipway.acceptor-a.cfg: port = 70000:"
                + " allowed is a whole number from 0 to 65535");
    assertThat(log.problems()).hasSize(2).anyMatch(line -> line.contains("key colour is unknown"));
  }

  @Test
  void aLateCheckMayRefuseTheLastGoodConfigurationToo() throws Exception {
    checks.remove(Sample.PID, sample);
    write(FILE_A, "port = 70000\n");
    write(FILE_A, "");
    checks.add(Sample.PID, sample, "1");
    files.checksChanged(Sample.PID);
    assertThat(inForce()).isEmpty();
    assertThat(files.states().refusals()).hasSize(1).first().asString().contains("is empty");
    assertThat(log.problems()).hasSize(2).last().asString().contains("port = 70000");
  }

  @Test
  void aLateCheckThatRefusesASectionRefusesTheIniFile() throws Exception {
    checks.remove(Sample.PID, sample);
    write("conf.ini", INI.replace("2020", "abc"));
    checks.add(Sample.PID, sample, "1");
    files.checksChanged(Sample.PID);
    assertThat(inForce())
        .as("what was in force goes on")
        .containsOnlyKeys("slipway.acceptor~a", "slipway.service~echo", "slipway.service~time");
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/conf.ini: [b] port = abc: allowed is a whole number from 0 to 65535");
  }

  @Test
  void aCheckThatFailsRefuses() throws Exception {
    checks.add(
        "org.other",
        new ConfigurationCheck() {
          @Override
          public Class<? extends Annotation> type() {
            return Sample.Keys.class;
          }

          @Override
          public void check(String name, Settings settings) {
            throw new IllegalStateException("broken");
          }
        },
        "1");
    write("org.other.cfg", "a = 1\n");
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/org.other.cfg: the check of org.other failed:"
                + " java.lang.IllegalStateException: broken");
  }

  @Test
  void aFileThatIsAsItWasChangesNothing() throws Exception {
    write(FILE_A, "port = 2001\n");
    long count = configAdmins(A).getChangeCount();
    files.changed(FILE_A);
    write(FILE_A, "# with a comment\nport = 2001\n");
    assertThat(configAdmins(A).getChangeCount()).isEqualTo(count);
  }

  @Test
  void aFileWithoutAPidIsRefused() throws Exception {
    write("-a.cfg", "port = 1\n");
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/-a.cfg: the file's name:"
                + " allowed is PID.cfg, FACTORY-NAME.cfg or FACTORY~NAME.cfg");
  }

  // save and remove

  @Test
  void savingWritesWhereItIsDefinedAndIsInForceAtOnce() throws Exception {
    String text = "# mine\nstate = START\n\n# the port\nport : 2001";
    write("slipway.acceptor~a.cfg", text);
    save(A, Map.of("state", "STOP", "ip", "::1"));
    assertThat(conf.resolve("slipway.acceptor~a.cfg"))
        .hasContent("# mine\nstate = STOP\n\n# the port\nport : 2001\nip = ::1\n");
    assertThat(framework.configuration(A.cmPid()))
        .isEqualTo(Map.of("state", "STOP", "port", "2001", "ip", "::1"));
    long count = configAdmins(A).getChangeCount();
    files.changed("slipway.acceptor~a.cfg"); // the watcher comes later
    assertThat(configAdmins(A).getChangeCount()).isEqualTo(count);
  }

  @Test
  void savingSomethingNewMakesAFile() throws Exception {
    save(A, Map.of("port", "2001", "state", "START"));
    assertThat(conf.resolve(FILE_A))
        .hasContent(
            "# acceptor a, saved by the host; edit it as you like\nport = 2001\nstate = START\n");
    assertThat(port(A)).isEqualTo("2001");
  }

  @Test
  void savingWhatWouldBeRefusedChangesNothing() throws Exception {
    write(FILE_A, "port = 2001\n");
    assertThatThrownBy(() -> save(A, Map.of("port", "70000")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(
            "conf/slipway.acceptor-a.cfg: port = 70000:"
                + " allowed is a whole number from 0 to 65535");
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2001\n");
    assertThat(port(A)).isEqualTo("2001");
    assertThatThrownBy(() -> save(new ConfigurationId("slipway.acceptor", "../a"), Map.of()))
        .isInstanceOf(InvalidConfiguration.class);
  }

  @Test
  void savingOverARefusedFileNeedsItToBeRightThen() throws Exception {
    write(FILE_A, "port = 2001\n");
    write(FILE_A, "port = 70000\n");
    assertThatThrownBy(() -> save(A, Map.of("state", "STOP")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("port = 70000");
    save(A, Map.of("port", "2002"));
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2002\n");
    assertThat(files.states().refusals()).isEmpty();
    assertThat(port(A)).isEqualTo("2002");
  }

  @Test
  void savingTakesWhatAPersonHasJustWritten() throws Exception {
    write(FILE_A, "port = 2001\n");
    Files.writeString(conf.resolve(FILE_A), "port = 2002\n# new\n"); // not reported yet
    save(A, Map.of("state", "STOP"));
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2002\n# new\nstate = STOP\n");
    assertThat(port(A)).isEqualTo("2002");
  }

  @Test
  void savingAfterTheFileWasDeletedMakesANewOne() throws Exception {
    write(FILE_A, "port = 2001\nstate = STOP\n");
    Files.delete(conf.resolve(FILE_A)); // not reported yet
    save(A, Map.of("port", "2002"));
    assertThat(framework.configuration(A.cmPid())).isEqualTo(Map.of("port", "2002"));
  }

  @Test
  void aChangeOfWhatIsThereIsSavedAndInForceAtOnce() throws Exception {
    write(FILE_A, "# mine\nport = 2001\n");
    assertThat(change(A, Map.of("state", "STOP"))).isTrue();
    assertThat(conf.resolve(FILE_A)).hasContent("# mine\nport = 2001\nstate = STOP\n");
    assertThat(framework.configuration(A.cmPid()))
        .isEqualTo(Map.of("port", "2001", "state", "STOP"));
    Files.writeString(conf.resolve(FILE_B), "port = 2002\n"); // not reported yet
    assertThat(change(B, Map.of("state", "STOP"))).isTrue();
    assertThat(conf.resolve(FILE_B)).hasContent("port = 2002\nstate = STOP\n");
    assertThatThrownBy(() -> change(A, Map.of("port", "70000")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("port = 70000: allowed is");
  }

  @Test
  void aChangeMakesNothing() throws Exception {
    assertThat(change(A, Map.of("state", "STOP"))).isFalse();
    write(FILE_A, "port = 2001\n");
    Files.delete(conf.resolve(FILE_A)); // not reported yet
    assertThat(change(A, Map.of("state", "STOP"))).isFalse();
    assertThat(conf).isEmptyDirectory();
    assertThat(inForce()).isEmpty();
    write(FILE_A, "port = 2001\n");
    Files.move(conf.resolve(FILE_A), conf.resolve("slipway.acceptor~a.cfg")); // not reported yet
    assertThat(change(A, Map.of("state", "STOP"))).as("it is in the other file").isTrue();
    assertThat(conf.resolve(FILE_A)).doesNotExist();
    assertThat(log.problems()).isEmpty();
  }

  @Test
  void aChangeMakesNothingOfASectionThatIsNotAskedForAnyMore() throws Exception {
    write("conf.ini", INI);
    String without = INI.replace("= a, b ", "= b ");
    Files.writeString(conf.resolve("conf.ini"), without); // not reported yet
    assertThat(change(A, Map.of("state", "STOP"))).isFalse();
    assertThat(conf.resolve("conf.ini")).hasContent(without);
    assertThat(conf.resolve(FILE_A)).doesNotExist();
    assertThat(inForce()).doesNotContainKey(A.cmPid());
    assertThat(change(B, Map.of("state", "STOP"))).isTrue();
    assertThat(framework.configuration(B.cmPid()))
        .isEqualTo(Map.of("port", "2020", "state", "STOP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# to be written\n", "port = 1\nport = 2\n"})
  void aChangeMakesNothingOfAFileThatSaysNothing(String text) throws Exception {
    write(FILE_A, "port = 2001\n");
    Files.writeString(conf.resolve(FILE_A), text); // not reported yet
    assertThatThrownBy(() -> change(A, Map.of("state", "STOP")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(files.states().refusals().getFirst());
    assertThat(conf.resolve(FILE_A)).hasContent(text);
    assertThat(framework.configuration(A.cmPid())).isEqualTo(Map.of("port", "2001"));
  }

  @Test
  void aChangeMakesNothingOfASectionThatARefusedFileDoesNotHave() throws Exception {
    write("conf.ini", INI);
    write("conf.ini", INI.replace("= a, b ", "= b ").replace("2020", "70000"));
    assertThatThrownBy(() -> change(A, Map.of("state", "STOP")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage("conf/conf.ini: [b] port = 70000: allowed is a whole number from 0 to 65535");
    assertThat(conf.resolve(FILE_A)).doesNotExist();
    assertThat(port(A)).as("the last good one goes on").isEqualTo("2000");
  }

  @Test
  void aWriteThatFailsChangesNothingAndSaysWhy() throws Exception {
    ConfigurationId long1 = new ConfigurationId("slipway.acceptor", "ä".repeat(150));
    assertThatThrownBy(() -> save(long1, Map.of("port", "1")))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(".cfg cannot be written: File name too long");
    assertThat(inForce()).isEmpty();
    assertThat(conf).isEmptyDirectory();
  }

  @Test
  void savingAnArrayOrATypeKeepsAConfigFileTyped() throws Exception {
    write("slipway.acceptor-a.config", "port=I\"2001\"\n");
    save(A, Map.of("port", "2002"));
    assertThat(conf.resolve("slipway.acceptor-a.config")).hasContent("port=I\"2002\"\n");
    assertThat(port(A)).isEqualTo(2002);
  }

  @Test
  void removingDeletesTheFileAndTheConfiguration() throws Exception {
    configurations.remove(A);
    write(FILE_A, "port = 2001\n");
    configurations.remove(A);
    assertThat(inForce()).isEmpty();
    assertThat(conf).isEmptyDirectory();
    files.changed(FILE_A); // the watcher comes later
    assertThat(log.problems()).isEmpty();
  }

  // edits of others

  @Test
  void anEditInConfigAdminIsWrittenToTheFile() throws Exception {
    write(FILE_A, "# mine\nport = 2001\nstate = START\n");
    edit(A, Map.of("port", 2002, "ip", "::1"));
    assertThat(conf.resolve(FILE_A)).hasContent("# mine\nport = 2002\nip = ::1\n");
    assertThat(framework.configuration(A.cmPid())).hasSize(2).containsEntry("ip", "::1");
  }

  @Test
  void aConfigurationOfTheHostThatIsMadeInConfigAdminGetsAFile() throws Exception {
    edit(A, Map.of("port", "2001"));
    assertThat(conf.resolve(FILE_A)).content().endsWith("\nport = 2001\n");
    edit(new ConfigurationId("slipway.acceptor", "t"), Map.of("port", 2002));
    assertThat(conf.resolve("slipway.acceptor-t.config")).content().endsWith("\nport=I\"2002\"\n");
    edit(new ConfigurationId("org.other", "x"), Map.of("a", "b"));
    assertThat(conf.resolve("org.other-x.cfg")).doesNotExist();
    assertThat(inForce()).containsKey("org.other~x");
  }

  @Test
  void aFactoryConfigurationWithoutANameGetsOne() throws Exception {
    Configuration made = framework.admin().createFactoryConfiguration("slipway.acceptor", "?");
    made.update(new Hashtable<>(Map.of("port", "2001")));
    ConfigurationId id = ConfigurationId.of(made.getPid(), made.getFactoryPid());
    follower.follow(id, made.getPid());
    assertThat(inForce()).isEqualTo(Map.of(id.cmPid(), Map.of("port", "2001")));
    assertThat(conf.resolve("slipway.acceptor-" + id.name() + ".cfg")).exists();
  }

  @Test
  void anEditThatIsRefusedIsUndone() throws Exception {
    write(FILE_A, "port = 2001\n");
    edit(A, Map.of("port", "70000"));
    assertThat(port(A)).isEqualTo("2001");
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2001\n");
    assertThat(log.problems())
        .containsExactly(
            "SEVERE An edit of slipway.acceptor~a in Config Admin is undone:"
                + " conf/slipway.acceptor-a.cfg: port = 70000:"
                + " allowed is a whole number from 0 to 65535");
    edit(new ConfigurationId("slipway.acceptor", "b"), Map.of("port", "abc"));
    assertThat(inForce()).containsOnlyKeys("slipway.acceptor~a");
  }

  @Test
  void aRemovalInConfigAdminDeletesTheFile() throws Exception {
    write(FILE_A, "port = 2001\n");
    configAdmins(A).delete();
    follower.follow(A, A.cmPid());
    assertThat(conf).isEmptyDirectory();
    assertThat(inForce()).isEmpty();
  }

  @Test
  void anEditThatCannotBeWrittenIsUndone() throws Exception {
    restart(conf.resolve("gone"));
    edit(A, Map.of("port", "2001"));
    assertThat(inForce()).isEmpty();
    assertThat(log.problems())
        .hasSize(1)
        .first()
        .asString()
        .contains(
            "is undone: conf/slipway.acceptor-a.cfg cannot be written: no such file or folder");
  }

  @Test
  void anEditOfTheFileAndOneInConfigAdminAtTheSameTimeAreBothKept() throws Exception {
    write(FILE_A, "port = 2001\nstate = START\n");
    Files.writeString(conf.resolve(FILE_A), "port = 2001\nstate = STOP\n"); // not reported yet
    edit(A, Map.of("port", "2003", "state", "START"));
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2003\nstate = STOP\n");
    assertThat(framework.configuration(A.cmPid()))
        .isEqualTo(Map.of("port", "2003", "state", "STOP"));
    assertThat(log.problems()).isEmpty();
  }

  @Test
  void underOneKeyTheEditInConfigAdminCountsAndAWarningSaysSo() throws Exception {
    write(FILE_A, "port = 2001\n");
    Files.writeString(conf.resolve(FILE_A), "port = 2002\n"); // not reported yet
    edit(A, Map.of("port", "2003"));
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2003\n");
    assertThat(port(A)).isEqualTo("2003");
    assertThat(log.problems())
        .containsExactly(
            "WARNING conf/slipway.acceptor-a.cfg: port was edited in Config Admin at the same time;"
                + " what Config Admin says counts");
  }

  @Test
  void underOneKeyALaterEditOfTheFileCounts() throws Exception {
    write(FILE_A, "port = 2001\n");
    configAdmins(A).update(new Hashtable<>(Map.of("port", "2003", "state", "STOP")));
    writeLater("port = 2002\n");
    follower.follow();
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2002\nstate = STOP\n");
    assertThat(framework.configuration(A.cmPid()))
        .isEqualTo(Map.of("port", "2002", "state", "STOP"));
    assertThat(log.problems())
        .containsExactly(
            "WARNING conf/slipway.acceptor-a.cfg: port was edited in Config Admin at the same time;"
                + " what the file says counts");
  }

  /** Changes the file so that the clock of the disk says that it was later; not reported yet. */
  private void writeLater(String text) throws IOException {
    Instant before = Instant.now();
    Path file = conf.resolve(FILE_A);
    do {
      Files.writeString(file, text);
    } while (!FileStamp.of(file).changed().toInstant().isAfter(before)); // it counts in steps
  }

  @Test
  void aLaterEditOfTheFileCountsAlsoIfItIsBackToWhatThereWas() throws Exception {
    write(FILE_A, "port = 2001\n");
    configAdmins(A).update(new Hashtable<>(Map.of("port", "2001", "ip", "::1")));
    write(FILE_A, "port = 2002\n");
    configAdmins(A).update(new Hashtable<>(Map.of("port", "2002", "ip", "::1")));
    writeLater("port = 2001\n");
    follower.follow();
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2001\nip = ::1\n");
    assertThat(framework.configuration(A.cmPid())).isEqualTo(Map.of("port", "2001", "ip", "::1"));
  }

  @Test
  void anEditOfTheFileAfterTheRemovalInConfigAdminCounts() throws Exception {
    write(FILE_A, "port = 2001\n");
    configAdmins(A).delete();
    writeLater("port = 2002\n");
    follower.follow();
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2002\n");
    assertThat(port(A)).isEqualTo("2002");
    assertThat(log.problems())
        .containsExactly(
            "WARNING conf/slipway.acceptor-a.cfg was edited after slipway.acceptor~a was removed in"
                + " Config Admin; what the file says counts");
  }

  @Test
  void anEditThatTheHostHasOverwrittenUnseenIsNotLost() throws Exception {
    write(FILE_A, "port = 2001\nstate = START\n");
    Dictionary<String, Object> properties = new Hashtable<>(Map.of("port", "2001", "ip", "::1"));
    configAdmins(A).update(properties);
    Configuration a = configAdmins(A);
    journal.own(() -> a.update(new Hashtable<>(Map.of("port", "2002", "state", "START"))));
    Files.writeString(conf.resolve(FILE_A), "port = 2002\nstate = START\n");
    follower.follow(A, A.cmPid()); // Config Admin does not hold the edit any more
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2002\nip = ::1\n");
    assertThat(framework.configuration(A.cmPid())).isEqualTo(Map.of("port", "2002", "ip", "::1"));
  }

  @Test
  void ofManyEditsBeforeTheFirstIsFollowedEachIsJudgedAlone() throws Exception {
    write(FILE_A, "port = 2001\n");
    Configuration a = configAdmins(A);
    a.update(new Hashtable<>(Map.of("port", "2002", "ip", "::1")));
    a.update(new Hashtable<>(Map.of("port", "70000", "ip", "::1")));
    a.update(new Hashtable<>(Map.of("port", "70000", "ip", "::1", "state", "STOP")));
    a.update(new Hashtable<>(Map.of("port", "2003", "ip", "::1")));
    follower.follow();
    assertThat(conf.resolve(FILE_A)).hasContent("port = 2003\nip = ::1\n");
    assertThat(log.problems()).hasSize(2).allMatch(line -> line.contains("port = 70000"));
  }

  @Test
  void aRemovalAndANewConfigurationOfThatNameAreFollowedInTheirOrder() throws Exception {
    write(FILE_A, "port = 2001\nstate = STOP\n");
    configAdmins(A).delete();
    configAdmins(A).update(new Hashtable<>(Map.of("port", "2002")));
    follower.follow();
    assertThat(framework.configuration(A.cmPid())).isEqualTo(Map.of("port", "2002"));
    configAdmins(A).update(new Hashtable<>(Map.of("port", "2003")));
    configAdmins(A).delete();
    follower.follow();
    assertThat(inForce()).isEmpty();
    assertThat(conf).isEmptyDirectory();
  }

  @Test
  void anEditOfAConfigurationWhoseFileWasJustDeletedGetsANewFile() throws Exception {
    write(FILE_A, "port = 2001\n");
    Files.delete(conf.resolve(FILE_A)); // not reported yet
    edit(A, Map.of("port", "2002", "state", "STOP"));
    assertThat(conf.resolve(FILE_A)).content().endsWith("\nport = 2002\nstate = STOP\n");
    files.changed(FILE_A);
    assertThat(framework.configuration(A.cmPid()))
        .isEqualTo(Map.of("port", "2002", "state", "STOP"));
  }

  @Test
  void anEditInConfigAdminIsNotLostBehindAnotherThatIsBeingWritten() throws Exception {
    Configuration a = configAdmins(A);
    a.update(new Hashtable<>(Map.of("port", "2001")));
    // the check stands between the look at the first edit and the write to Config Admin
    checks.add(
        Sample.PID,
        new ConfigurationCheck() {
          @Override
          public Class<? extends Annotation> type() {
            return Sample.Keys.class;
          }

          @Override
          public void check(String name, Settings settings) {
            try {
              a.update(new Hashtable<>(Map.of("port", "2002")));
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
          }
        },
        "1");
    follower.follow(A, A.cmPid());
    assertThat(port(A)).isEqualTo("2002");
    assertThat(conf.resolve(FILE_A)).content().endsWith("port = 2002\n");
  }

  @Test
  void aScanAfterARestartTakesTheFilesAsTheyAre() throws Exception {
    write(FILE_A, "port = 2001\n");
    write(FILE_B, "port = 2002\n");
    Files.writeString(conf.resolve(FILE_A), "port = 2003\n");
    Files.delete(conf.resolve(FILE_B));
    ConfigurationId made = new ConfigurationId("slipway.acceptor", "c");
    configAdmins(made).update(new Hashtable<>(Map.of("port", "2004")));
    restart(conf);
    follower.scan();
    assertThat(inForce())
        .isEqualTo(
            Map.of(
                "slipway.acceptor~a", Map.of("port", "2003"),
                "slipway.acceptor~c", Map.of("port", "2004")));
    assertThat(conf.resolve("slipway.acceptor-c.cfg")).exists();
  }

  // conf.ini

  @Test
  void theIniFileGivesAcceptorsAndServices() throws Exception {
    write("conf.ini", INI);
    assertThat(inForce())
        .isEqualTo(
            Map.of(
                "slipway.acceptor~a", Map.of("port", "2000"),
                "slipway.acceptor~b", Map.of("port", "2020"),
                "slipway.service~echo", Map.of("state", "FIXED"),
                "slipway.service~time", Map.of("state", "FIXED")));
    delete("conf.ini");
    assertThat(inForce()).isEmpty();
  }

  @Test
  void aWrongIniFileIsRefusedWhole() throws Exception {
    write("conf.ini", INI);
    write("conf.ini", INI.replace("2000", "70000").replace("2020", "2021"));
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/conf.ini: [a] port = 70000: allowed is a whole number from 0 to 65535");
    assertThat(port(new ConfigurationId("slipway.acceptor", "b"))).isEqualTo("2020");
    write("conf.ini", INI.replace("= a, b ", "= a, c "));
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/conf.ini: [main] accept_servers = c:"
                + " allowed is the name of a section that is there: a, b");
    write("conf.ini", INI.replace("2020", "2000"));
    assertThat(files.states().refusals()).hasSize(1).first().asString().contains("[a] port = 2000");
    assertThat(inForce()).hasSize(4);
  }

  @Test
  void theIniFileWarnsOfUnknownKeysBySection() throws Exception {
    write("conf.ini", INI.replace("port = 2000", "colour = 2000") + "[main2]\n");
    assertThat(log.problems())
        .containsExactly(
            "WARNING conf/conf.ini: [a] key colour is unknown and ignored;"
                + " known are ip, port, service, service.override, state");
  }

  @Test
  void warnsOfAFileWhoseNameIsMostLikelyASlip() throws Exception {
    write("slipway.acceptr-a.cfg", "port = 2000\n");
    write("slipway.acceptr-a.cfg", "port = 2000\n");
    write("org.other.cfg", "port = 2000\n");
    assertThat(log.problems())
        .containsExactly(
            "WARNING conf/slipway.acceptr-a.cfg: no bundle knows the PID slipway.acceptr;"
                + " known are slipway.acceptor");
  }

  @Test
  void theIniFileAndACfgFileDoNotShareAConfiguration() throws Exception {
    write("conf.ini", INI);
    write(FILE_A, "port = 2001\n");
    assertThat(files.states().refusals()).hasSize(1).first().asString().contains("conf/conf.ini");
    write("conf.ini", INI.replace("= a, b", "= b"));
    assertThat(files.states().refusals()).isEmpty();
    assertThat(port(A)).isEqualTo("2001");
    write("conf.ini", INI);
    assertThat(files.states().refusals())
        .containsExactly(
            "conf/conf.ini: [a] slipway.acceptor~a is defined in conf/slipway.acceptor-a.cfg:"
                + " allowed is one file for a configuration");
  }

  @Test
  void aFileOfItsOwnSaysAServicesStateWhateverTheIniFileStarts() throws Exception {
    write("conf.ini", INI);
    write("slipway.service-echo.cfg", "state = LOCKED\n");
    assertThat(files.states().refusals()).isEmpty();
    assertThat(framework.configuration(ECHO.cmPid())).containsEntry("state", "LOCKED");
    write("conf.ini", INI + "# changed\n");
    assertThat(files.states().refusals()).isEmpty();
    assertThat(framework.configuration(ECHO.cmPid())).containsEntry("state", "LOCKED");
    save(ECHO, Map.of("state", "WAITLOCKED"));
    assertThat(conf.resolve("slipway.service-echo.cfg")).content().contains("state = WAITLOCKED");
    delete("slipway.service-echo.cfg");
    assertThat(framework.configuration(ECHO.cmPid())).containsEntry("state", "FIXED");
    assertThat(conf.resolve("conf.ini")).hasContent(INI + "# changed\n");
  }

  @Test
  void savingAnIniAcceptorEditsItsSection() throws Exception {
    write("conf.ini", INI);
    save(A, Map.of("port", "2001", "state", "STOP"));
    assertThat(conf.resolve("conf.ini"))
        .hasContent(
            INI.replace(
                "port = 2000                  # the first\n",
                "port = 2001                  # the first\nstate = STOP\n"));
    assertThat(framework.configuration(A.cmPid()))
        .isEqualTo(Map.of("port", "2001", "state", "STOP"));
    assertThat(Files.list(conf)).hasSize(1);
  }

  @Test
  void savingAStateOfAnIniServiceMovesItToAFileOfItsOwn() throws Exception {
    write("conf.ini", INI);
    save(ECHO, Map.of("state", "FIXED"));
    assertThat(conf.resolve("conf.ini")).hasContent(INI);
    save(ECHO, Map.of("state", "LOCKED"));
    assertThat(conf.resolve("conf.ini"))
        .hasContent(INI.replace("./Services/echo.dll, ./Services/time.dll", "./Services/time.dll"));
    assertThat(conf.resolve("slipway.service-echo.cfg")).content().endsWith("\nstate = LOCKED\n");
    assertThat(framework.configuration(ECHO.cmPid())).isEqualTo(Map.of("state", "LOCKED"));
    assertThat(inForce()).hasSize(4);
  }

  @Test
  void removingAnIniAcceptorKeepsItsSection() throws Exception {
    write("conf.ini", INI);
    configurations.remove(A);
    assertThat(conf.resolve("conf.ini"))
        .hasContent(INI.replace("= a, b        #", "= b           #"));
    assertThat(inForce()).doesNotContainKey(A.cmPid()).hasSize(3);
  }

  @Test
  void anEditOfAnIniAcceptorInConfigAdminIsWrittenToItsSection() throws Exception {
    write("conf.ini", INI);
    edit(A, Map.of("port", 2001));
    assertThat(conf.resolve("conf.ini")).hasContent(INI.replace("2000", "2001"));
    configAdmins(A).delete();
    follower.follow(A, A.cmPid());
    assertThat(conf.resolve("conf.ini")).content().contains("accept_servers = b ").contains("[a]");
  }

  @Test
  void whenTheIniFileGoesTheFilesItStoodInTheWayOfTakeOver() throws Exception {
    write("conf.ini", INI);
    write(FILE_A, "port = 2000\n");
    write(FILE_B, "port = 2020\n");
    assertThat(files.states().refusals()).hasSize(2);
    Configuration configuration = configAdmins(A);
    delete("conf.ini");
    assertThat(files.states().refusals()).isEmpty();
    assertThat(configuration.getProperties().get("port")).isEqualTo("2000");
    assertThat(inForce()).containsOnlyKeys("slipway.acceptor~a", "slipway.acceptor~b");
  }
}
