package slipway.server.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.profile.Section;
import slipway.profile.Sections;
import slipway.profile.Timing;
import slipway.server.profile.jfr.Owner;
import slipway.server.profile.jfr.VersionEvents;

@SuppressWarnings("try") // timings are there to be closed
class SectionsTest {

  private static final Owner ARENA = new Owner("arena", "1.0.0");

  private final Switch sections = new Switch();
  private final Sections arena = new BundleSections(sections, ARENA);

  private void on() {
    sections.turnOn(Instant.EPOCH);
  }

  private List<Measured> measured() {
    return sections.report().measured();
  }

  private Measured only(String section) {
    List<Measured> found =
        measured().stream().filter(each -> each.section().equals(section)).toList();
    assertThat(found).as(section).hasSize(1);
    return found.getFirst();
  }

  private static void run(Section section) {
    try (Timing timing = section.begin()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsNotTurnedOnMeasuresNothing() {
    assertThat(arena.section("move").begin()).isSameAs(Timing.NONE);
    assertThat(measured()).isEmpty();
  }

  @Test
  void aSectionIsToldByItsOwnerAndThread() {
    on();
    run(arena.section("move"));
    run(arena.section("move"));
    Measured move = only("move");
    assertThat(move.owner()).isEqualTo(ARENA);
    assertThat(move.thread()).isEqualTo(Thread.currentThread().getName());
    assertThat(move.figures().calls()).isEqualTo(2);
    assertThat(move.figures().total())
        .isEqualTo(move.figures().least() + move.figures().greatest());
  }

  @Test
  void twoVersionsHaveSectionsOfTheirOwn() {
    on();
    run(arena.section("move"));
    run(new BundleSections(sections, new Owner("arena", "1.1.0")).section("move"));
    assertThat(measured())
        .extracting(each -> each.owner().version())
        .containsExactlyInAnyOrder("1.0.0", "1.1.0");
  }

  @Test
  void sectionsWithinEachOtherAndWithinThemselvesAreTimed() {
    on();
    Section outer = arena.section("outer");
    Section inner = arena.section("inner");
    try (Timing whole = outer.begin()) {
      try (Timing again = outer.begin()) {
        run(inner);
      }
    }
    Figures figures = only("outer").figures();
    assertThat(figures.calls()).isEqualTo(2);
    assertThat(figures.greatest())
        .as("the outer one is the longer one")
        .isGreaterThan(figures.least());
    assertThat(figures.least()).isGreaterThanOrEqualTo(only("inner").figures().total());
  }

  @Test
  void whatWasBegunWithinAndNotClosedIsDropped() {
    on();
    Section outer = arena.section("outer");
    Timing forgotten;
    try (Timing whole = outer.begin()) {
      forgotten = arena.section("forgotten").begin();
    }
    forgotten.close();
    assertThat(measured()).extracting(Measured::section).containsExactly("outer");
    run(outer);
    assertThat(only("outer").figures().calls()).isEqualTo(2);
  }

  @Test
  void closingAgainOrInAnotherThreadDoesNothing() throws Exception {
    on();
    Timing timing = arena.section("move").begin();
    Thread other = Thread.ofPlatform().start(timing::close);
    other.join();
    assertThat(measured()).isEmpty();
    timing.close();
    timing.close();
    assertThat(only("move").figures().calls()).isEqualTo(1);
  }

  @Test
  void deeperThanTheDeepestIsNotTimedAndTheRestIs() {
    on();
    Section deep = arena.section("deep");
    List<Timing> open = new ArrayList<>();
    for (int depth = 0; depth < 2 * ThreadTable.DEEPEST; depth++) {
      open.add(deep.begin());
    }
    open.reversed().forEach(Timing::close);
    assertThat(only("deep").figures().calls()).isEqualTo(ThreadTable.DEEPEST);
  }

  @Test
  void threadsThatHaveEndedArePutTogether() throws Exception {
    on();
    Section move = arena.section("move");
    for (int each = 0; each < 5; each++) {
      Thread thread = Thread.ofPlatform().start(() -> run(move));
      thread.join();
    }
    run(move);
    assertThat(measured())
        .extracting(each -> each.thread() + " " + each.figures().calls())
        .containsExactlyInAnyOrder(Term.ENDED + " 5", Thread.currentThread().getName() + " 1");
  }

  @Test
  void virtualThreadsAreOne() throws Exception {
    on();
    Section move = arena.section("move");
    CountDownLatch all = new CountDownLatch(50);
    List<Thread> threads = new ArrayList<>();
    for (int each = 0; each < 50; each++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try (Timing timing = move.begin()) {
                  all.countDown();
                  all.await();
                } catch (InterruptedException ending) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(only("move").thread()).isEqualTo(Term.VIRTUAL);
    assertThat(only("move").figures().calls()).isEqualTo(50);
  }

  @Test
  void whatWasMeasuredStaysUntilItIsTurnedOnAgain() {
    on();
    Section move = arena.section("move");
    run(move);
    sections.turnOff(Instant.EPOCH.plusSeconds(1));
    run(move);
    assertThat(only("move").figures().calls()).isEqualTo(1);
    assertThat(sections.report().until()).isEqualTo(Instant.EPOCH.plusSeconds(1));
    on();
    assertThat(measured()).isEmpty();
    run(move);
    assertThat(only("move").figures().calls()).isEqualTo(1);
  }

  @Test
  void aTimingThatIsOpenWhenItIsTurnedOffIsOfItsOwnTerm() {
    on();
    Section move = arena.section("move");
    Timing timing = move.begin();
    sections.turnOff(Instant.EPOCH);
    on();
    timing.close();
    assertThat(measured()).isEmpty();
  }

  @Test
  void namesThatCannotBeShownAreRefusedAndThereAreNotTooMany() {
    for (String name : new String[] {"", " ", "two\nlines", "x".repeat(65)}) {
      assertThatThrownBy(() -> arena.section(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the name of a section is 1 to 64 characters");
    }
    for (int each = 0; each < Sections.MOST; each++) {
      assertThat(arena.section("s" + each)).isNotSameAs(Section.NONE);
    }
    assertThat(arena.section("one more")).isSameAs(Section.NONE);
    assertThat(arena.section("s7")).isSameAs(arena.section("s7"));
  }

  private static List<String> recorded(Recording recording, Path folder) throws IOException {
    Path file = folder.resolve("sections.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("slipway.Section"))
        .map(
            event ->
                String.join(
                    " ",
                    event.getString("service"),
                    event.getString("version"),
                    event.getString("section"),
                    event.getThread().getJavaName()))
        .toList();
  }

  @Test
  void aRecordingThatWantsSectionsHasThemWithAndWithoutAnOperator(@TempDir Path folder)
      throws Exception {
    RecordingListener listener = new RecordingListener(sections, new VersionEvents(Map::of));
    Section move = arena.section("move");
    String line = "arena 1.0.0 move " + Thread.currentThread().getName();
    try (Recording recording = new Recording()) {
      recording.enable("slipway.Section");
      recording.start();
      run(move);
      assertThat(measured()).isEmpty();
      on();
      run(move);
      recording.stop();
      run(move);
      assertThat(recorded(recording, folder)).containsExactly(line, line);
    } finally {
      listener.deactivate();
    }
    assertThat(only("move").figures().calls()).isEqualTo(2);
    sections.turnOff(Instant.EPOCH);
    assertThat(move.begin()).isSameAs(Timing.NONE);
  }

  @Test
  void aRecordingThatDoesNotWantSectionsTurnsNothingOn() {
    RecordingListener listener = new RecordingListener(sections, new VersionEvents(Map::of));
    try (Recording recording = new Recording()) {
      recording.start();
      assertThat(arena.section("move").begin()).isSameAs(Timing.NONE);
    } finally {
      listener.deactivate();
    }
  }
}
