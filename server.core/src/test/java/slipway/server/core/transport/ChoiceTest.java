package slipway.server.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChoiceTest {

  private static final Throwable NOEXEC =
      new UnsatisfiedLinkError("/n/lib1.so: /n/lib1.so: failed to map segment\nat somewhere");

  private static final Path NATIVES = Path.of("/opt/slipway/var/native");

  private static Choice choice(
      String asked, boolean linux, Function<TransportKind, Optional<Throwable>> unavailable) {
    return Choice.of(asked, linux, NATIVES, unavailable);
  }

  @Test
  void nioThatWasAskedForIsNoWarning() {
    assertThat(choice("nio", true, kind -> Optional.of(NOEXEC)))
        .isEqualTo(new Choice(TransportKind.NIO, ""));
  }

  @Test
  void aFallBackToNioIsAWarningWithItsReasonAndItsCure() {
    Choice choice = choice("auto", true, ChoiceTest::onlyNio);

    assertThat(choice.kind()).isEqualTo(TransportKind.NIO);
    assertThat(choice.warning())
        .isEqualTo(
            "neither io_uring nor epoll can be used: /n/lib1.so: failed to map segment; using nio,"
                + " which is slower. If /opt/slipway/var/native is on a file system that is noexec,"
                + " name a folder elsewhere with -Dio.netty.native.workdir=FOLDER in"
                + " conf/jvm.options; if nio is wanted, set slipway.transport = nio in"
                + " conf/host.properties");
  }

  @Test
  void theFolderIsToldInFullFromWhereverTheHostWasStarted() {
    Path relative = Path.of("var/native");
    assertThat(Choice.of("auto", true, relative, ChoiceTest::onlyNio).warning())
        .contains(" If " + relative.toAbsolutePath() + " is on a file system");
  }

  @Test
  void aSystemThatHasNothingElseIsNotWarnedOfNio() {
    assertThat(choice("auto", false, ChoiceTest::onlyNio))
        .isEqualTo(new Choice(TransportKind.NIO, ""));
  }

  @Test
  void epollInPlaceOfIoUringIsNoWarning() {
    assertThat(
            choice(
                "auto",
                true,
                kind -> kind == TransportKind.IO_URING ? Optional.of(NOEXEC) : Optional.empty()))
        .isEqualTo(new Choice(TransportKind.EPOLL, ""));
  }

  @Test
  void whatWasAskedForAndIsNotToBeHadIsAWarning() {
    assertThat(choice("epoll", true, ChoiceTest::onlyNio).warning())
        .isEqualTo(
            "slipway.transport = epoll: not available here: /n/lib1.so: failed to map segment;"
                + " using nio");
  }

  @Test
  void whatIsNoTransportIsAWarning() {
    Choice choice = choice("kqueue", true, kind -> Optional.empty());

    assertThat(choice.kind()).isEqualTo(TransportKind.IO_URING);
    assertThat(choice.warning())
        .isEqualTo(
            "slipway.transport = kqueue: allowed is auto, io_uring, epoll or nio; using io_uring");
  }

  @Test
  void theReasonIsTheCauseOfAllCauses() {
    Throwable failed = new IllegalStateException("cannot", new LinkageError(null, NOEXEC));

    assertThat(Choice.reason(failed)).isEqualTo("/n/lib1.so: failed to map segment");
    assertThat(Choice.reason(new LinkageError())).isEqualTo("LinkageError");
  }

  private static Optional<Throwable> onlyNio(TransportKind kind) {
    return kind == TransportKind.NIO
        ? Optional.empty()
        : Optional.of(new LinkageError("failed to load", NOEXEC));
  }
}
