package slipway.server.core.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import slipway.dump.Attachable;
import slipway.dump.Attachments;

class ArchiveTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  interface Attaching {
    void to(Attachments to) throws Exception;
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static Attachable part(String title, Attaching attaching) {
    return new Attachable() {
      @Override
      public String title() {
        return title;
      }

      @Override
      public void attach(Attachments to) throws Exception {
        attaching.to(to);
      }
    };
  }

  static Map<String, String> entries(byte[] archive) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  private Map<String, String> archived(Duration limit, Attachable... parts) throws Exception {
    try (Archive archive = new Archive(out)) {
      for (Attachable part : parts) {
        archive.add(part, limit);
      }
      archive.end();
    }
    return entries(out.toByteArray());
  }

  @Test
  void whatPartsAddIsInItInTheirOrder() throws Exception {
    assertThat(
            archived(
                LONG,
                part(
                    "a",
                    to -> {
                      to.text("conf/x.cfg", "port = 1\n");
                      to.text("y.txt", "ü");
                    }),
                part("b", to -> to.text("z.txt", "z"))))
        .containsExactly(
            Map.entry("conf/x.cfg", "port = 1\n"),
            Map.entry("y.txt", "ü"),
            Map.entry("z.txt", "z"),
            Map.entry("contents.txt", "conf/x.cfg\ny.txt\nz.txt\n"));
  }

  @Test
  void aPartThatFailsLeavesWhatItHasAddedAndItsReason() throws Exception {
    assertThat(
            archived(
                LONG,
                part(
                    "a",
                    to -> {
                      to.file("half.txt").write('h');
                      throw new IllegalStateException("it is broken");
                    }),
                part("b", to -> to.text("z.txt", "z"))))
        .containsExactly(
            Map.entry("half.txt", "h"),
            Map.entry("z.txt", "z"),
            Map.entry(
                "contents.txt",
                "half.txt\na: failed: java.lang.IllegalStateException: it is broken\nz.txt\n"));
  }

  @Test
  void aPartThatComesToNoEndIsCutOffAndWritesNothingMore() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    Attachable endless =
        part(
            "a",
            to -> {
              OutputStream file = to.file("half.txt");
              file.write('h');
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException over) {
                try {
                  file.write('x');
                } catch (IOException expected) {
                  refused.countDown();
                }
              }
            });
    Map<String, String> entries =
        archived(Duration.ofMillis(200), endless, part("b", to -> to.text("z.txt", "z")));
    refused.await();
    assertThat(entries).containsKeys("z.txt", "contents.txt").doesNotContainValue("hx");
    assertThat(entries.get("contents.txt")).contains("a: cut off after 200ms");
  }

  @Test
  void aNameThatLeadsOutOrIsThereIsRefused() throws Exception {
    for (String name : new String[] {"/etc/x", "a/../../x", "a\\b", "", "x"}) {
      Map<String, String> entries =
          archivedAlone(
              to -> {
                to.text("x", "first");
                to.text(name, "evil");
              });
      assertThat(entries).containsEntry("x", "first").containsOnlyKeys("x", "contents.txt");
      assertThat(entries.get("contents.txt")).contains("a: failed: ");
    }
  }

  private Map<String, String> archivedAlone(Attaching attaching) throws Exception {
    out.reset();
    return archived(LONG, part("a", attaching));
  }

  @Test
  void aFullDiskIsAFailureOfTheWhole() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Archive archive = new Archive(full);
    assertThatThrownBy(() -> archive.add(part("a", to -> to.text("x", "y".repeat(1 << 20))), LONG))
        .isInstanceOf(IOException.class);
  }
}
