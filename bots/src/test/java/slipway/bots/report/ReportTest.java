package slipway.bots.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import slipway.bots.report.Fault.Bytes;

class ReportTest {

  private static Bytes bytes(int length, int changed) {
    byte[] all = new byte[length];
    for (int i = 0; i < length; i++) {
      all[i] = (byte) (i == changed ? 0xff : i);
    }
    return Bytes.of(Unpooled.wrappedBuffer(all));
  }

  private static Report report(long count, Fault fault) {
    return new Report(
        "echo \"x\"",
        List.of(new Check("late", "answers after 500 ms", count), new Check("lost", "lost", 0)),
        List.of(Figure.count("sent", "packets sent", 12_345), Figure.time("p50", "p50", 1_234_567)),
        List.of("A note."),
        Optional.ofNullable(fault));
  }

  @Test
  void itPassesIfAllIsZero() {
    assertThat(report(0, null).passed()).isTrue();
    assertThat(report(1, null).passed()).isFalse();
  }

  @Test
  void peopleReadTables() {
    assertThat(TextReport.of(report(1234, null)))
        .isEqualTo(
            """
            echo "x"

            Must be zero          Count
            answers after 500 ms  1,234
            lost                      0

            Figure          Value
            packets sent   12,345
            p50           1.23 ms

            A note.
            """);
  }

  @Test
  void theFirstBadPacketIsShownAroundItsFirstDifference() {
    Fault fault = new Fault("the content", 7, bytes(60, -1), bytes(60, 20));
    assertThat(TextReport.of(report(1, fault)))
        .endsWith(
            """
            The first bad packet: the content, of client 7; differs at byte 20, shown from byte 12
              expected  0c 0d 0e 0f 10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27 28 29 2a 2b
              got       0c 0d 0e 0f 10 11 12 13 ff 15 16 17 18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27 28 29 2a 2b
            """);
  }

  @Test
  void aPacketThatEndsTooSoonDiffersAtItsEnd() {
    Fault fault = new Fault("the content", 7, bytes(10, -1), bytes(4, -1));
    assertThat(fault.difference()).isEqualTo(4);
    assertThat(fault.gotHex()).isEqualTo("00 01 02 03");
    assertThat(new Fault("it", 7, bytes(10, -1), bytes(0, -1)).gotHex()).isEqualTo("nothing");
  }

  @Test
  void scriptsReadOneLineOfJson() {
    Fault fault = new Fault("the content", 7, bytes(3, -1), bytes(3, 2));
    assertThat(JsonReport.of(report(1, fault)))
        .isEqualTo(
            "{\"title\":\"echo \\\"x\\\"\",\"passed\":false,"
                + "\"mustBeZero\":{\"late\":1,\"lost\":0},"
                + "\"figures\":{\"sent\":12345,\"p50Micros\":1234},"
                + "\"firstBadPacket\":{\"what\":\"the content\",\"client\":7,\"difference\":2,"
                + "\"shownFrom\":0,\"expected\":\"00 01 02\",\"got\":\"00 01 ff\"}}\n");
  }

  @Test
  void onlyTheFirstFaultIsKept() {
    FirstFault first = new FirstFault();
    assertThat(first.get()).isEmpty();
    Fault fault = new Fault("one", 1, bytes(1, -1), bytes(1, 0));
    first.offer(() -> fault);
    first.offer(
        () -> {
          throw new AssertionError("nobody asks for a second one");
        });
    assertThat(first.get()).contains(fault);
  }
}
