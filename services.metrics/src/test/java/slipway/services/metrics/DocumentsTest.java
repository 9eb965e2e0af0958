package slipway.services.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.services.metrics.HostsMetrics.Known;
import slipway.services.metrics.scrape.Promtool;

/** What the documents say of metrics is what the host has. */
class DocumentsTest {

  private static final Pattern NAME = Pattern.compile("\\b(?:slipway|jvm|process)_[a-z0-9_]+\\b");

  @Test
  void theReferenceHasAllMetrics() throws IOException {
    String table = HostsMetrics.all().stream().map(Known::row).collect(Collectors.joining());
    assertThat(Files.readString(HostsMetrics.docs("reference.md")))
        .contains(
            "| metric | kind | labels | what it is |\n| --- | --- | --- | --- |\n" + table + "\n");
  }

  @Test
  void eachMetricIsThatOfOneBundle() throws IOException {
    assertThat(HostsMetrics.all().stream().map(Known::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"grafana.json", "alerts.yml", "operators.md"})
  void theDocumentsNameMetricsThatThereAre(String file) throws IOException {
    Set<String> known = new TreeSet<>();
    for (Known metric : HostsMetrics.all()) {
      known.add(metric.name());
      if (metric.kind().equals("histogram")) {
        List.of("_bucket", "_count", "_sum").forEach(end -> known.add(metric.name() + end));
      }
    }
    Set<String> named =
        NAME.matcher(Files.readString(HostsMetrics.docs(file)))
            .results()
            .map(found -> found.group())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).isNotEmpty();
    named.removeAll(known);
    assertThat(named).as("names that no bundle has").isEmpty();
  }

  @Test
  void promtoolIsContentWithTheAlerts() throws Exception {
    Path rules = HostsMetrics.docs("alerts.yml");
    Promtool.run(rules, "check", "rules", rules.toString());
  }

  @Test
  void promtoolIsContentWithTheTestsOfTheAlerts() throws Exception {
    Path tests = Path.of("src/test/resources/alerts-test.yml");
    Promtool.run(tests, "test", "rules", tests.toString());
  }
}
