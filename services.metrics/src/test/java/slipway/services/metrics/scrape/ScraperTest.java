package slipway.services.metrics.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.meter.Meter;
import slipway.services.metrics.jvm.JvmMeter;
import slipway.services.metrics.jvm.ProcessMeter;

class ScraperTest {

  private static Scraper scraper(Meter... meters) {
    List<Contributor> contributors = new ArrayList<>();
    for (Meter meter : meters) {
      contributors.add(new Contributor(meter, "demo"));
    }
    return new Scraper(() -> contributors, Gathering.Limits.USUAL);
  }

  private static ByteBuf scrape(Scraper scraper, Format format, boolean zips) throws Exception {
    return scraper
        .scrape(format, zips, UnpooledByteBufAllocator.DEFAULT)
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private static String text(Scraper scraper, Format format) throws Exception {
    ByteBuf text = scrape(scraper, format, false);
    try {
      return text.toString(UTF_8);
    } finally {
      text.release();
    }
  }

  @Test
  void openMetricsHasAllKinds() throws Exception {
    try (Scraper scraper = scraper(new Figures())) {
      assertThat(text(scraper, Format.OPEN_METRICS))
          .contains(
              """
              # TYPE demo_messages counter
              # HELP demo_messages Messages.
              demo_messages_total{room="a\\"b\\\\c\\nd"} 5.0
              demo_messages_total{room="other"} 1.2345678901E10
              """)
          .contains("demo_users -1.5\n")
          .contains(
              """
              # TYPE demo_state stateset
              # HELP demo_state State.
              demo_state{service="demo",demo_state="RUNS"} 1
              demo_state{service="demo",demo_state="STOPPED"} 0
              """)
          .contains("demo_build_info{version=\"1.0\"} 1\n")
          .contains("# UNIT demo_store_seconds seconds\n")
          .contains("demo_store_seconds_bucket{le=\"0.005\"} 1\n")
          .contains("demo_store_seconds_sum 0.003\n")
          .contains("demo_size_bytes_bucket{le=\"+Inf\"} 3\ndemo_size_bytes_count 3\n")
          .endsWith("# EOF\n");
    }
  }

  @Test
  void textHasAllKinds() throws Exception {
    try (Scraper scraper = scraper(new Figures())) {
      assertThat(text(scraper, Format.TEXT))
          .contains("# TYPE demo_messages_total counter\n")
          .contains("# TYPE demo_state gauge\n")
          .contains("demo_store_seconds_bucket{le=\"+Inf\"} 1\n")
          .doesNotContain("# EOF");
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void gzipHasTheSame(Format format) throws Exception {
    Meter fixed = readings -> readings.value(Figures.USERS, 1);
    try (Scraper scraper = scraper(fixed)) {
      ByteBuf zipped = scrape(scraper, format, true);
      try (GZIPInputStream unzipped = new GZIPInputStream(new ByteBufInputStream(zipped))) {
        assertThat(new String(unzipped.readAllBytes(), UTF_8)).contains("demo_users 1.0\n");
      } finally {
        zipped.release();
      }
    }
  }

  @Test
  void promtoolIsContent(@TempDir Path folder) throws Exception {
    Meter failing =
        readings -> {
          throw new IOException("on purpose");
        };
    try (Scraper scraper = scraper(new Figures(), failing, new JvmMeter(), new ProcessMeter())) {
      scrape(scraper, Format.TEXT, false).release(); // so that there is a time of a scrape
      Path file = Files.writeString(folder.resolve("metrics"), text(scraper, Format.TEXT));
      assertThat(file).content().contains("jvm_threads_current").contains("process_open_fds");
      Promtool.run(file, "check", "metrics");
    }
  }

  @Test
  void scrapesAreMadeOneAtATimeAndAFewWait() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    Meter slow =
        readings -> {
          reads.incrementAndGet();
          begun.countDown();
          goOn.await();
        };
    try (Scraper scraper =
        new Scraper(() -> List.of(new Contributor(slow, "demo")), GatheringTest.PATIENT)) {
      List<CompletableFuture<ByteBuf>> waiting = new ArrayList<>();
      waiting.add(asked(scraper));
      begun.await();
      for (int at = 0; at < 16; at++) {
        waiting.add(asked(scraper));
      }
      assertThatThrownBy(() -> asked(scraper).get())
          .hasRootCauseInstanceOf(Busy.class)
          .hasRootCauseMessage("16 others wait for the same");
      assertThat(reads).hasValue(1);
      goOn.countDown();
      for (CompletableFuture<ByteBuf> each : waiting) {
        each.get(60, TimeUnit.SECONDS).release();
      }
      assertThat(reads).hasValue(17);
    }
  }

  private static CompletableFuture<ByteBuf> asked(Scraper scraper) {
    return scraper
        .scrape(Format.TEXT, false, UnpooledByteBufAllocator.DEFAULT)
        .toCompletableFuture();
  }
}
