package slipway.server.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {

  private static final Throwable NOEXEC =
      new UnsatisfiedLinkError("/n/lib1.so: /n/lib1.so: failed to map segment\nat somewhere");

  @Test
  void nioThatWasAskedForIsNoWarning() {
    assertThat(Choice.of("nio", true, kind -> Optional.of(NOEXEC)))
        .isEqualTo(new Choice(TransportKind.NIO, ""));
  }

  @Test
  void aFallBackToNioIsAWarningWithItsReasonAndItsCure() {
    Choice choice = Choice.of("auto", true, ChoiceTest::onlyNio);

    assertThat(choice.kind()).isEqualTo(TransportKind.NIO);
    assertThat(choice.warning())
        .startsWith(
            "neither io_uring nor epoll can be used: /n/lib1.so: failed to map segment; using nio")
        .contains("-Dio.netty.native.workdir=FOLDER", "slipway.transport = nio")
        .doesNotContain("\n");
  }

  @Test
  void aSystemThatHasNothingElseIsNotWarnedOfNio() {
    assertThat(Choice.of("auto", false, ChoiceTest::onlyNio))
        .isEqualTo(new Choice(TransportKind.NIO, ""));
  }

  @Test
  void epollInPlaceOfIoUringIsNoWarning() {
    assertThat(
            Choice.of(
                "auto",
                true,
                kind -> kind == TransportKind.IO_URING ? Optional.of(NOEXEC) : Optional.empty()))
        .isEqualTo(new Choice(TransportKind.EPOLL, ""));
  }

  @Test
  void whatWasAskedForAndIsNotToBeHadIsAWarning() {
    assertThat(Choice.of("epoll", true, ChoiceTest::onlyNio).warning())
        .isEqualTo(
            "slipway.transport = epoll: not to be had here: /n/lib1.so: failed to map segment;"
                + " using nio");
  }

  @Test
  void whatIsNoTransportIsAWarning() {
    Choice choice = Choice.of("kqueue", true, kind -> Optional.empty());

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
