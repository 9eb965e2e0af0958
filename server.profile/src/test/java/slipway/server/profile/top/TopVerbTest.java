package slipway.server.profile.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slipway.admin.LoopAdmin.Handling;
import slipway.command.CommandException;
import slipway.server.profile.ProfileDesk;
import slipway.server.profile.jfr.CpuSamples;
import slipway.server.profile.jfr.Repository;
import slipway.server.profile.jfr.TestVersion;
import slipway.server.profile.jfr.VersionEvents;

@Timeout(300)
class TopVerbTest {

  @TempDir Path folder;

  private TestVersion burns;
  private VersionEvents versions;
  private Profiler profiler;
  private ProfileDesk shell;

  @BeforeEach
  void begin() throws Exception {
    burns = new TestVersion("1.0.0", false);
    versions = new VersionEvents(() -> TestVersion.known(burns));
    profiler =
        new Profiler(
            new Repository(folder.resolve("jfr")),
            versions,
            () -> List.of(new Handling("stuck", "2.0.0")));
    shell = new ProfileDesk(profiler, null);
  }

  @AfterEach
  void end() throws Exception {
    shell.close();
    profiler.deactivate();
    versions.end();
    burns.end();
  }

  private static JsonObject row(String json, String service) {
    return JsonParser.parseString(json).getAsJsonArray().asList().stream()
        .map(each -> each.getAsJsonObject())
        .filter(each -> each.get("service").getAsString().equals(service))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void jsonIsOneArrayOfTheWholeTime() throws Exception {
    String json = shell.run("profile top --for 2s --json");
    assertThat(row(json, "work").get("version").getAsString()).isEqualTo("1.0.0");
    assertThat(row(json, "work").get("cpuPercent").getAsDouble()).isPositive();
    assertThat(row(json, "work").get("samples").getAsLong()).isPositive();
    assertThat(row(json, "stuck").get("handlersPercent").getAsDouble()).isBetween(50.0, 101.0);
    assertThat(row(json, "jvm").has("version")).isFalse();
  }

  @Test
  void aPersonIsShownTablesAndOneOfTheWholeTime() throws Exception {
    List<String> lines = shell.run("profile top --for 5s").lines().toList();
    assertThat(lines.getFirst()).isEqualTo("by " + CpuSamples.best());
    assertThat(lines.stream().filter(line -> line.startsWith("the last "))).isNotEmpty();
    assertThat(lines.stream().filter(line -> line.startsWith("all "))).hasSize(1);
    assertThat(lines)
        .anyMatch(line -> line.matches("Service +Version +CPU +Allocated +In handlers +Samples"))
        .anyMatch(line -> line.matches("work +1\\.0\\.0 +\\d+\\.\\d % .*"));
  }

  @Test
  void timesThatAreTooShortOrTooLongAreRefused() {
    for (String time : new String[] {"999ms", "61m"}) {
      assertThatThrownBy(() -> shell.run("profile top --for " + time))
          .isInstanceOf(CommandException.class)
          .hasMessage("profile top: --for: allowed is 1s to 1h");
    }
  }

  @Test
  void aBundleThatHasStoppedDoesNotSample() {
    profiler.deactivate();
    assertThatThrownBy(() -> shell.run("profile top"))
        .isInstanceOf(CommandException.class)
        .hasMessage("profile top: the profiler has ended");
  }
}
