package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.server.core.deploy.DeployCounts.Deploys;

class HistoryTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String DIGEST = "ab".repeat(32);

  @TempDir private Path home;
  private Path folder;
  private final ManualClock clock = new ManualClock(NOW);
  private History history;
  private ServiceJar one;
  private ServiceJar two;

  @BeforeEach
  void make() throws IOException {
    folder = home.resolve("versions");
    history = new History(folder, clock);
    one = ServiceJar.read(Jars.service(home.resolve("one.jar"), "say", "1.0.0"));
    two = ServiceJar.read(Jars.service(home.resolve("two.jar"), "say", "2.0.0"));
  }

  private Entry serve(ServiceJar jar, String by) throws IOException {
    clock.advance(Duration.ofSeconds(1));
    history.keep("say", jar);
    return history.conclude(history.begin(jar, by, "say.jar", "say.jar"), Outcome.SERVES, "");
  }

  private List<String> outcomes() throws IOException {
    return history.of("say").stream()
        .map(entry -> entry.version() + " " + entry.shown().outcome())
        .toList();
  }

  private void write(String... lines) throws IOException {
    Files.createDirectories(folder.resolve("say"));
    Files.writeString(folder.resolve("say/history"), String.join("\n", lines) + "\n");
  }

  @Test
  void filesThatFailAtEachStartDoNotFillTheRecord() throws IOException {
    serve(one, "file");
    ServiceJar three = ServiceJar.read(Jars.service(home.resolve("three.jar"), "say", "3.0.0"));
    for (int start = 0; start < 3; start++) {
      for (ServiceJar bad : List.of(two, three)) {
        clock.advance(Duration.ofSeconds(1));
        history.conclude(
            history.begin(bad, "file", "say.jar", "say.jar"), Outcome.FAILED, "start " + start);
        assertThat(history.failed(bad)).isPresent();
      }
    }
    assertThat(outcomes())
        .containsExactly("1.0.0 serves", "2.0.0 failed: start 2", "3.0.0 failed: start 2");
    assertThat(history.failed(one)).isEmpty();
  }

  @Test
  void oneVersionServesAtATime() throws IOException {
    serve(one, "file");
    serve(two, "install");
    serve(one, "rollback");
    assertThat(outcomes()).containsExactly("1.0.0 replaced", "2.0.0 replaced", "1.0.0 serves");
    assertThat(new History(folder, clock).serving("say").orElseThrow().by()).isEqualTo("rollback");
  }

  @Test
  void whatBecomesOfDeploysIsCountedOnce() throws IOException {
    Entry served = serve(one, "file");
    history.conclude(served, Outcome.SERVES, ""); // as at a restart
    serve(two, "install");
    history.conclude(served, Outcome.REMOVED, "");
    history.conclude(history.begin(two, "rollback", "", ""), Outcome.FAILED, "why");
    assertThat(history.counts().counts())
        .containsOnly(
            Map.entry(new Deploys("say", "file", Outcome.SERVES), 1L),
            Map.entry(new Deploys("say", "file", Outcome.REMOVED), 1L),
            Map.entry(new Deploys("say", "install", Outcome.SERVES), 1L),
            Map.entry(new Deploys("say", "rollback", Outcome.FAILED), 1L));
  }

  @Test
  void aRestartIsNoDeploy() throws IOException {
    Entry served = serve(one, "install");
    clock.advance(Duration.ofHours(1));
    assertThat(history.begin(one, "file", "say.jar", "say-1.jar"))
        .isEqualTo(served.in("say-1.jar"));
    assertThat(outcomes()).containsExactly("1.0.0 serves");
  }

  @Test
  void aVersionThatComesBackAfterItWasRemovedIsADeploy() throws IOException {
    history.conclude(serve(one, "file"), Outcome.REMOVED, "");
    serve(one, "file");
    assertThat(outcomes()).containsExactly("1.0.0 removed", "1.0.0 serves");
  }

  @Test
  void aContentThatFailsAgainAndAgainHasOneEntry() throws IOException {
    serve(one, "file");
    for (int start = 0; start < 3; start++) {
      clock.advance(Duration.ofHours(1));
      history.conclude(
          history.begin(two, "file", "say.jar", "say.jar"), Outcome.FAILED, "start " + start);
    }
    assertThat(outcomes()).containsExactly("1.0.0 serves", "2.0.0 failed: start 2");
  }

  @Test
  void deploysOfOneMomentAreToldApart() throws IOException {
    Entry first = history.begin(one, "install", "a", "say.jar");
    Entry second = history.begin(one, "install", "b", "say.jar");
    history.conclude(second, Outcome.FAILED, "x");
    assertThat(first.when()).isNotEqualTo(second.when());
    assertThat(outcomes()).containsExactly("1.0.0 installed", "1.0.0 failed: x");
  }

  @Test
  void whatWasRemovedStaysRemoved() throws IOException {
    Entry served = serve(one, "file");
    history.conclude(served, Outcome.REMOVED, "");
    assertThat(history.conclude(served, Outcome.SERVES, "").outcome()).isEqualTo(Outcome.REMOVED);
    assertThat(outcomes()).containsExactly("1.0.0 removed");
  }

  @Test
  void aRenameLeavesTheOutcome() throws IOException {
    Entry begun = history.begin(one, "file", "say.jar", "say.jar");
    history.conclude(begun, Outcome.FAILED, "it throws");
    assertThat(history.renamed(begun, "say-1.jar").file()).isEqualTo("say-1.jar");
    assertThat(outcomes()).containsExactly("1.0.0 failed: it throws");
  }

  @Test
  void theVersionBeforeIsTheLastOtherOneThatServed() throws IOException {
    serve(one, "file");
    ServiceJar bad = ServiceJar.read(Jars.service(home.resolve("bad.jar"), "say", "1.5.0"));
    history.conclude(history.begin(bad, "file", "bad.jar", "bad.jar"), Outcome.FAILED, "x");
    serve(two, "install");
    serve(two, "install");
    assertThat(history.before("say", two.digest()).orElseThrow().version()).isEqualTo("1.0.0");
    assertThat(history.before("say", one.digest())).isEmpty();
    serve(one, "rollback");
    assertThat(history.before("say", one.digest()).orElseThrow().version()).isEqualTo("2.0.0");
  }

  @Test
  void nobodyGoesBackToWhatNeverServed() throws IOException {
    serve(one, "file");
    ServiceJar slow = ServiceJar.read(Jars.service(home.resolve("slow.jar"), "say", "1.5.0"));
    history.conclude(history.begin(slow, "file", "slow.jar", "x"), Outcome.OVERTAKEN, "");
    history.conclude(history.begin(slow, "file", "slow.jar", "x"), Outcome.WITHDRAWN, "");
    serve(two, "install");
    assertThat(outcomes())
        .containsExactly(
            "1.0.0 replaced", "1.5.0 overtaken", "1.5.0 removed before it served", "2.0.0 serves");
    assertThat(history.before("say", two.digest()).orElseThrow().version()).isEqualTo("1.0.0");
    assertThat(history.failed(slow)).isEmpty();
  }

  @Test
  void theRecordOfAnOlderHostIsRead() throws IOException {
    write(
        "2026-01-01T00:00:00Z\t1.0.0\tfile\t" + DIGEST + "\treplaced\tsay.jar",
        "2026-01-01T00:00:01Z\t2.0.0\tinstall\t" + DIGEST + "\tfailed: a: b\thttp://x/say-2.jar");
    List<Entry> all = history.of("say");
    assertThat(all).extracting(Entry::outcome).containsExactly(Outcome.REPLACED, Outcome.FAILED);
    assertThat(all).extracting(Entry::file).containsExactly("say.jar", "say-2.jar");
    assertThat(all.get(1).reason()).isEqualTo("a: b");
  }

  @Test
  void aDamagedLineCostsThatLine() throws IOException {
    String good = "\t1.0.0\tfile\t" + DIGEST + "\tserves\tsay.jar\tsay.jar";
    write(
        "2026-01-01T00:00:00Z" + good,
        "2026-13-01T00:00:00Z" + good,
        "",
        "\u0000\u0001\t\t\t\t\t\t",
        "2026-01-01T00:00:02Z\t1.0.0\tfile\t" + DIGEST + "\tstrange\tsay.jar",
        "2026-01-01T00:00:03Z\t1.0.0\tfile\t../../x\tserves\tsay.jar",
        "2026-01-01T00:00:04Z" + good);
    assertThat(history.of("say"))
        .extracting(Entry::when)
        .extracting(Instant::toString)
        .containsExactly("2026-01-01T00:00:00Z", "2026-01-01T00:00:04Z");
  }

  @Test
  void bytesThatAreNoTextCostTheirLine() throws IOException {
    serve(one, "file");
    Path list = folder.resolve("say/history");
    byte[] bytes =
        ("\u00ff\u00fe\n" + Files.readString(list)).getBytes(StandardCharsets.ISO_8859_1);
    Files.write(list, bytes);
    assertThat(outcomes()).containsExactly("1.0.0 serves");
  }

  @Test
  void controlCharactersDoNotBreakTheRecord() throws IOException {
    Entry begun = history.begin(one, "install", "http://x/\n\tsay.jar", "say.jar");
    history.conclude(begun, Outcome.FAILED, "line one\nline two\t\u001b[31m");
    assertThat(outcomes()).containsExactly("1.0.0 failed: line one line two  [31m");
  }

  @Test
  void aFileThatChangesWhileItIsKeptIsNotKept() throws IOException {
    Files.copy(two.file(), one.file(), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> history.keep("say", one)).hasMessageContaining("changed while");
    try (Stream<Path> left = Files.list(folder.resolve("say"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void servicesAreTheFoldersThatHaveARecord() throws IOException {
    assertThat(history.services()).isEmpty();
    serve(one, "file");
    Files.createDirectories(folder.resolve(".libraries"));
    Files.createDirectories(folder.resolve("empty"));
    assertThat(history.services()).containsExactly("say");
  }
}
