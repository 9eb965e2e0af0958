package slipway.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;
import slipway.admin.AdminException;
import slipway.admin.LogAdmin;
import slipway.admin.LogAdmin.Following;
import slipway.admin.LogAdmin.LoggerLevel;
import slipway.admin.LogLevel;
import slipway.admin.LogQuery;
import slipway.admin.LogRecord;

/** The appender in a Logback of its own, with files. */
class HostLogTest {

  @TempDir Path folder;
  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private final Logger logger = context.getLogger("slipway.test.Some");
  private HostLog appender;
  private LogAdmin log;

  @BeforeEach
  void start() {
    context.setMDCAdapter(mdc);
    start(1 << 20);
  }

  private void start(long length) {
    appender = new HostLog();
    appender.setContext(context);
    appender.setName("FILE");
    appender.setFile(folder.resolve("log/slipway.log").toString());
    appender.setMaxFileSize(new FileSize(length));
    appender.setMaxHistory(3);
    appender.setTotalSizeCap(new FileSize(20 * length));
    appender.start();
    log = appender.admin();
    context.getLogger("ROOT").addAppender(appender);
  }

  @AfterEach
  void stop() {
    context.getLogger("ROOT").detachAppender(appender);
    appender.stop();
  }

  private void restart(long length) {
    stop();
    start(length);
  }

  private List<String> messages(int count) throws Exception {
    return log.records(Lines.last(count)).stream().map(LogRecord::message).toList();
  }

  @Test
  void whatIsMarkedIsWrittenEachTimeAndTheRestIsCounted() throws Exception {
    Marker each = new BasicMarkerFactory().getMarker("slipway.each");
    for (int i = 0; i < 3; i++) {
      logger.info(each, "log-in failed");
    }
    logger.info("same");
    logger.info("same");
    logger.info("last");
    assertThat(messages(10))
        .containsExactly(
            "log-in failed",
            "log-in failed",
            "log-in failed",
            "same",
            "last message repeated 1 time",
            "last");
  }

  @Test
  void recordsHaveARunningNumberAndComeBackFromTheFile() throws Exception {
    logger.info("one");
    logger.warn("two {}", 2, new IllegalStateException("odd"));
    List<LogRecord> records = log.records(Lines.last(10));
    assertThat(records).extracting(LogRecord::index).containsExactly(1L, 2L);
    assertThat(records).extracting(LogRecord::message).containsExactly("one", "two 2");
    assertThat(records.get(1).stack().get(0)).isEqualTo("java.lang.IllegalStateException: odd");
    assertThat(records.get(1).stack().get(1)).startsWith("at " + HostLogTest.class.getName());
  }

  @Test
  void aConnectionsIdIsAFieldUnlessTheThreadOnlyInheritedIt() throws Exception {
    long thread = Thread.currentThread().threadId();
    mdc.put("connection", "25@" + thread);
    logger.info("mine");
    mdc.put("connection", "26@" + (thread + 1));
    logger.info("another's");
    mdc.put("connection", "27");
    logger.info("plain");
    mdc.remove("connection");
    assertThat(log.records(Lines.last(10)))
        .extracting(LogRecord::connection)
        .containsExactly("25", "", "27");
  }

  @Test
  void aRecordKeepsToItsLine() throws Exception {
    logger.info("a\n2026-01-02T03:04:05.678Z ERROR 1 core - x forged\u001b[2J");
    assertThat(log.records(Lines.last(10))).hasSize(1);
    assertThat(Files.readAllLines(folder.resolve("log/slipway.log"))).hasSize(1);
  }

  @Test
  void aQueryChoosesByCountLevelSourceAndTime() throws Exception {
    logger.info("one");
    logger.error("two");
    context.getLogger("slipway.testing").info("three");
    assertThat(messages(2)).containsExactly("two", "three");
    assertThat(messages(0)).isEmpty();
    assertThat(log.records(query(LogLevel.WARN, "")))
        .extracting(LogRecord::message)
        .containsExactly("two");
    assertThat(log.records(query(LogLevel.TRACE, "slipway.test")))
        .extracting(LogRecord::message)
        .containsExactly("one", "two");
    LogRecord last = log.records(Lines.last(1)).get(0);
    assertThat(log.records(new LogQuery(9, LogLevel.TRACE, "", last.time().plusMillis(1))))
        .isEmpty();
  }

  private static LogQuery query(LogLevel level, String source) {
    return new LogQuery(10, level, source, Instant.EPOCH);
  }

  @Test
  void filesAreRolledBySizeBoundedAndReadTogether() throws Exception {
    restart(2000);
    for (int i = 0; i < 100; i++) {
      logger.info("record {} {}", i, "x".repeat(100));
    }
    assertThat(messages(100)).hasSize(100);
    assertThat(log.records(Lines.last(60)))
        .extracting(LogRecord::index)
        .containsExactlyElementsOf(LongStream.rangeClosed(41, 100).boxed().toList());
    List<String> files = Lines.of(folder.resolve("log"));
    assertThat(files).hasSizeGreaterThan(3);
    for (String file : files) {
      Path path = folder.resolve("log").resolve(file);
      assertThat(Files.size(path)).isLessThan(2500);
      assertThat(Files.getPosixFilePermissions(path))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    for (int i = 0; i < 500; i++) {
      logger.info("more {} {}", i, "x".repeat(100));
    }
    assertThat(messages(1).get(0)).startsWith("more 499");
    restart(2000); // Logback deletes in another thread, and waits for that when it is stopped
    assertThat(log.extent().bytes()).isLessThan(26L * 2000);
  }

  @Test
  void filesAreTheirUsersAlone() throws Exception {
    Path file = folder.resolve("log/slipway.log");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(file.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void clearDeletesAllFilesAndSaysSoFirst() throws Exception {
    restart(2000);
    for (int i = 0; i < 100; i++) {
      logger.info("record {} {}", i, "x".repeat(100));
    }
    LogAdmin.Extent cleared = log.clear();
    assertThat(cleared.files()).isGreaterThan(3);
    logger.info("after");
    assertThat(messages(10))
        .containsExactly(
            "the log was cleared: files " + cleared.files() + ", bytes " + cleared.bytes(),
            "after");
    assertThat(Lines.of(folder.resolve("log"))).containsExactly("slipway.log");
  }

  @Test
  void aFileThatSomebodyDeletedIsMadeAgain() throws Exception {
    logger.info("one");
    messages(1);
    Files.delete(folder.resolve("log/slipway.log"));
    logger.info("two");
    assertThat(messages(10)).contains("two");
  }

  @Test
  void recordsOfAnEarlierStartAreThere() throws Exception {
    logger.info("before");
    restart(1 << 20);
    logger.info("after");
    assertThat(messages(10)).containsExactly("before", "after");
  }

  @Test
  void aFollowerGetsWhatIsThereAndWhatComesWithoutAGap() throws Exception {
    logger.info("one");
    logger.info("two");
    try (Following following = log.follow(query(LogLevel.INFO, "slipway.test"))) {
      logger.debug("not asked for");
      context.getLogger("other").info("neither");
      logger.info("three");
      assertThat(following.next().orElseThrow().message()).isEqualTo("one");
      assertThat(following.next().orElseThrow().message()).isEqualTo("two");
      assertThat(following.next().orElseThrow().message()).isEqualTo("three");
    }
    Following closed = log.follow(Lines.last(10));
    closed.close();
    assertThat(closed.next()).isEmpty();
  }

  @Test
  void aFollowerEndsWithTheLog() throws Exception {
    try (Following following = log.follow(Lines.last(0))) {
      appender.stop();
      assertThat(following.next()).isEmpty();
    }
  }

  @Test
  void aSlowFollowerHearsHowMuchItMissed() throws Exception {
    Follower slow = new Follower(Lines.last(0), any -> {});
    for (int i = 0; i < Follower.WAITING + 7; i++) {
      slow.offer(Lines.record("record " + i));
    }
    for (int i = 0; i < Follower.WAITING; i++) {
      assertThat(slow.next().orElseThrow().message()).isEqualTo("record " + i);
    }
    assertThat(slow.next().orElseThrow().message()).startsWith("7 records are not shown");
  }

  @Test
  void aLogThatHasEndedSaysSo() {
    stop();
    assertThatThrownBy(() -> log.records(Lines.last(1)))
        .isInstanceOf(AdminException.class)
        .hasMessageContaining("the log has ended");
  }

  @Test
  void aLevelIsSetListedAndTakenBack() throws Exception {
    context.getLogger("ROOT").setLevel(Level.INFO);
    logger.debug("before");
    log.setLevel("slipway.test", Optional.of(LogLevel.DEBUG));
    logger.debug("while");
    assertThat(log.levels())
        .containsExactly(
            new LoggerLevel("ROOT", LogLevel.INFO, false),
            new LoggerLevel("slipway.test", LogLevel.DEBUG, true));
    log.setLevel("slipway.test", Optional.empty());
    logger.debug("after");
    log.setLevel("root", Optional.of(LogLevel.OFF));
    logger.error("nobody hears it");
    log.setLevel("ROOT", Optional.empty());
    assertThat(log.levels()).containsExactly(new LoggerLevel("ROOT", LogLevel.INFO, false));
    assertThat(messages(10)).containsExactly("while");
  }

  @Test
  void aNameThatIsNoLoggersIsRefused() {
    assertThatThrownBy(() -> log.setLevel("a b", Optional.of(LogLevel.INFO)))
        .isInstanceOf(AdminException.class)
        .hasMessageContaining("allowed is ROOT");
  }

  @Test
  void whatCannotBeOpenedIsNoLog() throws Exception {
    Path blocked = Files.writeString(folder.resolve("file"), "");
    HostLog broken = new HostLog();
    broken.setContext(context);
    broken.setFile(blocked.resolve("slipway.log").toString());
    broken.start();
    assertThat(broken.isStarted()).isFalse();
    HostLog nameless = new HostLog();
    nameless.setContext(context);
    nameless.start();
    assertThat(nameless.isStarted()).isFalse();
  }
}
