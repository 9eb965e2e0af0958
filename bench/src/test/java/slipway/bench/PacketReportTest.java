package slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.bench.PacketExperiment.Cell;
import slipway.bench.PacketExperiment.Run;
import slipway.bench.load.PacketLoad.Format;
import slipway.bench.report.Results;

class PacketReportTest {

  private static final Cell CLOSED = new Cell(Format.XOR2, 64, 100, 1);
  private static final Cell STEADY = new Cell(Format.LAN, 64, 1_000, 1, 30_000);

  @TempDir private Path folder;

  private static Run run(Cell cell, int round, String server, double cpu, Steady steady) {
    return new Run(
        round,
        server,
        cell.format().word(),
        cell.bytes(),
        cell.connections(),
        cell.underWay(),
        cpu,
        100_000,
        0.02,
        steady);
  }

  private static Steady steady(double cpu, double longest, double allocated) {
    return new Steady(29_999, cpu, 0.01, 20, 300, 4_000, longest, allocated);
  }

  private String report(List<Run> echoed, List<Publishing.Run> published, String... failures)
      throws IOException {
    new Results(folder, List.of(PacketExperiment.NAME))
        .write(
            new PacketReport(List.of(CLOSED, STEADY), echoed, published).section(List.of(failures)),
            Map.of("processor", "some"));
    return Files.readString(folder.resolve("README.md")).replaceAll(" +", " ");
  }

  @Test
  void goalsAreOfRatiosOfARoundAndOfWhatTheHostAllocates() throws IOException {
    String report =
        report(
            List.of(
                run(CLOSED, 1, "host", 6, null),
                run(CLOSED, 1, "Netty io_uring", 4, null),
                run(STEADY, 1, "host", 5, steady(7, 9_000, 0.25)),
                run(STEADY, 1, "Netty io_uring", 5, steady(8, 5_000, 72))),
            List.of(
                new Publishing.Run(1, "host", steady(3, 9_000, 50)),
                new Publishing.Run(1, "Netty io_uring", steady(4, 9_000, 60))));
    assertThat(report)
        .contains(
            "| packets, xor2, 64 bytes, 100 connections, 1 under way: CPU, host ÷ bare Netty"
                + " | 1.10 × | 1.50 × | missed by 36.4 % |")
        .contains(
            "| packets, lan, 64 bytes, 1,000 connections, 1 under way: CPU, host ÷ bare Netty"
                + " | 1.10 × | 1.000 × | met |")
        .contains(
            "| packets, lan, 64 bytes, 1,000 connections, 1 under way: allocated a packet, host"
                + " | 0.50 bytes | 0.25 bytes | met |")
        .contains("| packets, publish to 1,000: CPU, host ÷ bare Netty | 1.10 × | 0.75 × | met |")
        .doesNotContain("xor2, 64 bytes, 100 connections, 1 under way: allocated");
  }

  @Test
  void serversAreShownSideBySide() throws IOException {
    String report =
        report(
            List.of(
                run(STEADY, 1, "host", 5, steady(7, 9_000, 0.25)),
                run(STEADY, 2, "host", 6, steady(8, 7_000, 0.75)),
                run(STEADY, 1, "C epoll", 4, steady(3, 5_000, Double.NaN))),
            List.of(new Publishing.Run(1, "C epoll", steady(2, 6_000, Double.NaN))));
    String cell = "| lan, 64 bytes, 1,000 connections, 1 under way | ";
    assertThat(report)
        .contains(cell + "host | 5.50 | 5.00–6.00 | 1.000 | 100,000 |\n")
        .contains(cell + "C epoll | 4.00 | 4.00–4.00 | 0.80 | 100,000 |\n")
        .contains(cell + "host | 29,999 | 7.50 | 20.0 | 300 | 4,000 | 9,000 | 0.50 |\n")
        .contains(cell + "C epoll | 29,999 | 3.00 | 20.0 | 300 | 4,000 | 5,000 | |\n")
        .contains("| C epoll | 29,999 | 2.00 | 2.00–2.00 | | 20.0 | 300 | 4,000 | 6,000 | |\n")
        .doesNotContain("Netty io_uring |");
  }

  @Test
  void runsThatFailedAreTold() throws IOException {
    assertThat(report(List.of(), List.of(), "host, publish to 1,000: 3 deliveries were lost"))
        .contains("A run failed: host, publish to 1,000: 3 deliveries were lost.")
        .contains("not measured");
  }
}
