package slipway.server.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.account.AccountName;
import slipway.account.Origin;

/** The filter of fail2ban that the operators' guide shows finds the lines that are logged. */
class Fail2banTest {

  private static final Path FILTER = Path.of("src/test/resources/fail2ban/slipway.conf");

  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void log() {
    AccessLog log =
        new AccessLog(line -> add("INFO ", line), line -> add("WARN ", line), Clock.systemUTC());
    Origin one = Origin.of(new InetSocketAddress("192.0.2.1", 7));
    Origin two = Origin.of(new InetSocketAddress("2001:db8::7", 7));
    log.failed(one, AccountName.of("ann"), "wrong password");
    log.failed(two, AccountName.of("Олег"), "no such user");
    log.failed(one, AccountName.of("bob"), "banned");
    log.refused(one, AccountName.of("bob"), "too many log-ins wait, try again");
    log.registered(one, AccountName.of("cid"));
    log.shutOut(two, "names registered: 5 in 1h");
    add("INFO ", "somebody says: log-in failed from 203.0.113.7: wrong password; name ann");
  }

  /** As the host's log writes it. */
  private void add(String level, String message) {
    lines.add(
        "2026-11-25T15:40:00.123+01:00 "
            + level
            + " 17 BUNDLE - slipway.server.account.HostAccounts@slipway.server.account "
            + message);
  }

  @Test
  void itsExpressionsFindWhatIsWrongAndNothingElse() throws Exception {
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      address(line.substring(line.indexOf(' '))).ifPresent(found::add); // without the time
    }
    assertThat(found).containsExactly("192.0.2.1", "2001:db8::7", "2001:db8::7");
  }

  private static Optional<String> address(String line) throws Exception {
    try (Stream<String> filter = Files.lines(FILTER)) {
      return filter
          .map(each -> each.replaceFirst("^failregex =", "").strip())
          .filter(each -> each.startsWith("^\\s*"))
          .map(each -> Pattern.compile(each.replace("<ADDR>", "([0-9a-f.:]+)")).matcher(line))
          .filter(Matcher::find)
          .map(matcher -> matcher.group(1))
          .findFirst();
    }
  }

  @Test
  void theRealToolFindsThem() throws Exception {
    Path tool = Path.of("/usr/bin/fail2ban-regex");
    assumeTrue(Files.isExecutable(tool), "fail2ban is not installed");
    Path file = Files.write(folder.resolve("slipway.log"), lines);
    Process process =
        new ProcessBuilder(tool.toString(), "-v", file.toString(), FILTER.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(out)
        .contains("Lines: 7 lines, 0 ignored, 3 matched, 4 missed")
        .containsPattern("192\\.0\\.2\\.1 ")
        .containsPattern("2001:db8::7 ");
  }
}
