package slipway.services.chat.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.Schema;
import slipway.services.chat.text.RoomName;
import slipway.testkit.TestDatabase;

/** What the chat keeps, whatever the database. */
abstract class StoreContract {

  static final RoomName LOBBY = RoomName.of("lobby");
  private static final RoomName OTHER = RoomName.of("Other");

  private final ExecutorService threads = Executors.newFixedThreadPool(6);
  private final ExecutorService journals = Executors.newCachedThreadPool();
  private final List<ExecutorService> journalThreads = new ArrayList<>();
  private final List<Message> delivered = new CopyOnWriteArrayList<>();
  private final List<Long> restarts = new CopyOnWriteArrayList<>();
  private final List<String> leftOut = new CopyOnWriteArrayList<>();
  private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
  private DataSource source;
  private TestDatabase database;
  private Schema schema;

  /** A database without tables. */
  abstract DataSource emptyDatabase() throws Exception;

  @BeforeEach
  void tables() throws Exception {
    source = emptyDatabase();
    database = new TestDatabase(source, threads);
    schema = database.schema("chat", Journal.class.getClassLoader());
  }

  @AfterEach
  void end() throws Exception {
    for (ExecutorService thread : journalThreads) {
      thread.shutdown();
      assertThat(thread.awaitTermination(20, SECONDS)).isTrue();
    }
    threads.shutdown();
    journals.shutdown();
    assertThat(threads.awaitTermination(20, SECONDS)).isTrue();
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, SECONDS);
  }

  private Journal journal(Schema on, Consumer<List<Message>> delivery) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    journalThreads.add(thread);
    Journal journal = new Journal(on, thread, () -> now, delivery(delivery));
    done(journal.open());
    return journal;
  }

  private Delivery delivery(Consumer<List<Message>> taker) {
    return new Delivery() {
      @Override
      public void deliver(List<Message> messages) {
        taker.accept(messages);
      }

      @Override
      public void leftOut(long count, long before) {
        leftOut.add(count + " before " + before);
      }

      @Override
      public void restart(long last) {
        restarts.add(last);
      }
    };
  }

  private Journal journal() throws Exception {
    return journal(schema, delivered::addAll);
  }

  private Archive archive() {
    return new Archive(schema, () -> now);
  }

  private static Draft draft(RoomName room, String content) {
    return new Draft(room, 7, "Åsa", Kind.SAID, content, 42);
  }

  private List<String> contents(RoomName room) throws Exception {
    return done(archive().latest(room, Long.MAX_VALUE, 100_000)).stream()
        .map(Message::content)
        .toList();
  }

  private List<List<String>> rows(String sql) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet each = statement.executeQuery(sql)) {
      while (each.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= each.getMetaData().getColumnCount(); i++) {
          row.add(
              each.getObject(i) instanceof byte[] bytes
                  ? new String(bytes, "UTF-8")
                  : each.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  // ---- the journal ---------------------------------------------------------------------------

  @Test
  void aMessageIsHandedOnWhenItIsStoredAndReadBackAsItWas() throws Exception {
    Journal journal = journal();
    String text = "Grüße 你好 😀 '; DROP TABLE chat_message; --";
    Message message = done(journal.post(draft(LOBBY, text)));

    assertThat(delivered).containsExactly(message);
    assertThat(message.id()).isEqualTo(1);
    assertThat(message.origin()).isEqualTo(42);
    assertThat(message.line()).isEqualTo("Åsa: " + text);
    assertThat(done(archive().latest(LOBBY, 1, 50)))
        .containsExactly(new Message(1, LOBBY, now, 7, "Åsa", Kind.SAID, text, 0));
  }

  @Test
  void theLongestMessageFits() throws Exception {
    String longest = "é".repeat(8192);
    done(journal().post(draft(LOBBY, longest)));
    assertThat(contents(LOBBY)).containsExactly(longest);
  }

  @Test
  void roomsThatLookAlikeAreOneAndOthersApart() throws Exception {
    Journal journal = journal();
    done(journal.post(draft(RoomName.of("Küche"), "one")));
    done(journal.post(draft(RoomName.of("KÜCHE"), "two")));
    done(journal.post(draft(RoomName.of("Kuche"), "another")));
    assertThat(contents(RoomName.of("küche"))).containsExactly("one", "two");
  }

  @Test
  void manyAtOnceKeepTheOrderOfTheirNumbers() throws Exception {
    Journal journal = journal();
    List<CompletableFuture<Message>> all =
        IntStream.range(0, 2000)
            .mapToObj(i -> journal.post(draft(i % 2 == 0 ? LOBBY : OTHER, "" + i)))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).get(20, SECONDS).id()).isEqualTo(i + 1);
    }
    assertThat(delivered.stream().mapToLong(Message::id).toArray())
        .isEqualTo(LongStream.rangeClosed(1, 2000).toArray());
    assertThat(journal.delivered()).isEqualTo(2000);
  }

  @Test
  void twoJournalsHandOnAllMessagesOnceAndInOneOrder() throws Exception {
    List<Message> here = new CopyOnWriteArrayList<>();
    List<Message> there = new CopyOnWriteArrayList<>();
    AtomicReference<Journal> second = new AtomicReference<>();
    Journal first =
        journal(
            schema,
            messages -> {
              here.addAll(messages);
              second.get().look();
            });
    second.set(
        journal(
            schema,
            messages -> {
              there.addAll(messages);
              first.look();
            }));
    int each = 300;
    List<CompletableFuture<Void>> senders =
        List.of(first, second.get()).stream()
            .map(
                journal ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            journal.post(draft(LOBBY, "m")).toCompletableFuture().join();
                          }
                        },
                        journals))
            .toList();
    for (CompletableFuture<Void> sender : senders) {
      done(sender);
    }
    first.look();
    second.get().look();
    done(first.idle());
    done(second.get().idle());
    long[] expected = LongStream.rangeClosed(1, 2 * each).toArray();
    assertThat(here.stream().mapToLong(Message::id).toArray()).isEqualTo(expected);
    assertThat(there.stream().mapToLong(Message::id).toArray()).isEqualTo(expected);
  }

  @Test
  void aJournalBeginsBehindWhatIsThereAndHandsNothingOnTwice() throws Exception {
    done(journal().post(draft(LOBBY, "old")));
    delivered.clear();
    Journal next = journal();
    assertThat(next.delivered()).isEqualTo(1);
    next.look();
    done(next.idle());
    assertThat(delivered).isEmpty();
    done(next.post(draft(LOBBY, "new")));
    assertThat(delivered).extracting(Message::content).containsExactly("new");
  }

  @Test
  void whatWasNotStoredIsSaidAndHandedOnToNobody() throws Exception {
    Journal journal = journal();
    database.away("no disk");
    assertThatThrownBy(() -> done(journal.post(draft(LOBBY, "lost"))))
        .hasCauseInstanceOf(DatabaseAway.class)
        .hasMessageContaining("no disk");
    database.away(null);
    done(journal.post(draft(LOBBY, "next")));
    assertThat(delivered).extracting(Message::content).containsExactly("next");
    assertThat(contents(LOBBY)).containsExactly("next");
  }

  @Test
  void whatIsFoundStoredAfterAFailureIsHandedOnWithoutAnotherMessage() throws Exception {
    Journal journal = journal();
    database.losesAnswers(true);
    assertThatThrownBy(() -> done(journal.post(draft(LOBBY, "perhaps"))))
        .hasCauseInstanceOf(DatabaseAway.class);
    database.losesAnswers(false);
    journal.retry();
    done(journal.idle());
    assertThat(delivered).extracting(Message::content).containsExactly("perhaps");
    done(journal.post(draft(LOBBY, "after")));
    assertThat(delivered).extracting(Message::content).containsExactly("perhaps", "after");
  }

  @Test
  void aDeliveryThatFailsDoesNotStopThoseBehindIt() throws Exception {
    List<String> later = new CopyOnWriteArrayList<>();
    Journal journal =
        journal(
            schema,
            messages -> {
              if (messages.get(0).content().equals("bad")) {
                throw new IllegalStateException("no memory");
              }
              messages.forEach(message -> later.add(message.content()));
            });
    done(journal.post(draft(LOBBY, "bad")));
    done(journal.post(draft(LOBBY, "good")));
    assertThat(later).containsExactly("good");
  }

  @Test
  void aJournalThatCouldNotBeOpenedIsOpenedLater() throws Exception {
    database.away("not there yet");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    journalThreads.add(thread);
    Journal journal = new Journal(schema, thread, () -> now, delivery(delivered::addAll));
    assertThatThrownBy(() -> done(journal.open())).hasCauseInstanceOf(DatabaseAway.class);
    CompletionStage<Message> early = journal.post(draft(LOBBY, "early"));
    database.away(null);
    assertThat(done(journal.open())).isZero();
    assertThat(done(early).id()).isEqualTo(1);
  }

  // ---- another database, or other contents ----------------------------------------------------

  private void sql(String... statements) throws Exception {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** Makes the database hold so many messages, of another story. */
  private void hold(int count) throws Exception {
    sql("DELETE FROM chat_message", "UPDATE chat_sequence SET last_message = " + count);
    for (int id = 1; id <= count; id++) {
      sql(
          "INSERT INTO chat_message (id, room, sent, account, name, kind, content) VALUES ("
              + id
              + ", 'lobby', 1, 1, 'Bo', 'SAID', 'from before')");
    }
  }

  private Journal journalThatHas(int count) throws Exception {
    Journal journal = journal();
    for (int i = 0; i < count; i++) {
      done(journal.post(draft(LOBBY, "here")));
    }
    delivered.clear();
    return journal;
  }

  private void saysOnlyWhatIsNew(Journal journal, int last) throws Exception {
    done(journal.post(draft(LOBBY, "new")));
    assertThat(delivered).extracting(Message::content).containsExactly("new");
    assertThat(restarts).containsExactly((long) last);
    assertThat(journal.delivered()).isEqualTo(last + 1);
  }

  @Test
  void ofAnotherDatabaseWithFewerMessagesOnlyNewOnesAreHandedOn() throws Exception {
    Journal journal = journalThatHas(5);
    database.becomesAnother();
    hold(2);
    saysOnlyWhatIsNew(journal, 2);
  }

  @Test
  void ofAnotherDatabaseWithMoreMessagesOnlyNewOnesAreHandedOn() throws Exception {
    Journal journal = journalThatHas(2);
    database.becomesAnother();
    hold(5);
    saysOnlyWhatIsNew(journal, 5);
  }

  @Test
  void ofAnotherDatabaseThatStandsAtTheSameNumberOnlyNewOnesAreHandedOn() throws Exception {
    Journal journal = journalThatHas(3);
    database.becomesAnother();
    hold(3);
    saysOnlyWhatIsNew(journal, 3);
  }

  @Test
  void ofAnEmptyDatabaseNewMessagesAreHandedOn() throws Exception {
    Journal journal = journalThatHas(3);
    database.becomesAnother();
    hold(0);
    saysOnlyWhatIsNew(journal, 0);
  }

  @Test
  void ofABackupWithFewerMessagesOnlyNewOnesAreHandedOn() throws Exception {
    Journal journal = journalThatHas(5);
    sql(
        "DELETE FROM chat_message WHERE id > 2",
        "UPDATE chat_sequence SET last_message = 2 WHERE id = 1");
    saysOnlyWhatIsNew(journal, 2);
  }

  @Test
  void ofABackupOfAnotherStoryWithMoreMessagesOnlyNewOnesAreHandedOn() throws Exception {
    Journal journal = journalThatHas(3);
    hold(6);
    saysOnlyWhatIsNew(journal, 6);
  }

  @Test
  void anotherDatabaseIsSeenWithoutAnyMessage() throws Exception {
    Journal journal = journalThatHas(5);
    database.becomesAnother();
    hold(2);
    journal.retry();
    done(journal.idle());
    assertThat(journal.delivered()).isEqualTo(2);
    assertThat(restarts).containsExactly(2L);
    assertThat(delivered).isEmpty();
  }

  @Test
  void aBackupThatCameBackAfterAnOutageIsSeenWithoutAnyMessage() throws Exception {
    Journal journal = journalThatHas(5);
    database.away("it is being restored");
    journal.retry();
    done(journal.idle());
    hold(2);
    database.away(null);
    journal.retry();
    done(journal.idle());
    assertThat(journal.delivered()).isEqualTo(2);
  }

  @Test
  void whatOthersStoredDuringAnOutageIsHandedOn() throws Exception {
    Journal journal = journalThatHas(2);
    Journal other = journal(schema, messages -> {});
    database.away("the network");
    journal.retry();
    done(journal.idle());
    database.away(null);
    done(other.post(draft(LOBBY, "by another")));
    journal.retry();
    done(journal.idle());
    assertThat(delivered).extracting(Message::content).containsExactly("by another");
    assertThat(restarts).isEmpty();
  }

  @Test
  void whatOthersStoredIsHandedOnUpToANumberOnlyAndTheRestIsCounted() throws Exception {
    Journal journal = journalThatHas(2);
    Journal other = journal(schema, messages -> {});
    int all = Transaction.MOST_OTHERS + 20;
    CompletionStage<Message> last = null;
    for (int i = 1; i <= all; i++) {
      last = other.post(draft(LOBBY, "m" + i));
    }
    done(last);
    journal.look();
    done(journal.idle());
    assertThat(leftOut).containsExactly("20 before 23");
    assertThat(delivered)
        .hasSize(Transaction.MOST_OTHERS)
        .first()
        .extracting(Message::id)
        .isEqualTo(23L);
    assertThat(journal.delivered()).isEqualTo(all + 2);
    assertThat(restarts).isEmpty();
    done(journal.post(draft(LOBBY, "own")));
    assertThat(delivered).last().extracting(Message::content).isEqualTo("own");
  }

  @Test
  void ofMissedMessagesTheLastAreReadAndTheOthersCounted() throws Exception {
    Journal journal = journal();
    for (int i = 1; i <= 5; i++) {
      done(journal.post(draft(LOBBY, "" + i)));
      done(journal.post(draft(RoomName.of("tea"), "not here")));
    }
    Missed missed = done(archive().missed(LOBBY, 1, 9, 2));
    assertThat(missed.messages()).extracting(Message::content).containsExactly("4", "5");
    assertThat(missed.leftOut()).isEqualTo(2);
    assertThat(missed.last()).isEqualTo(10);
    assertThat(missed.place()).isEqualTo(schema.database().orElseThrow());
    assertThat(done(archive().missed(LOBBY, 9, 9, 2)).messages()).isEmpty();
  }

  @Test
  void whatRetentionRemovedIsNotTakenForAnotherStory() throws Exception {
    Journal journal = journalThatHas(2);
    done(journal(schema, messages -> {}).post(draft(LOBBY, "by another")));
    sql("DELETE FROM chat_message WHERE id <= 2");
    journal.look();
    done(journal.idle());
    assertThat(delivered).extracting(Message::content).containsExactly("by another");
    assertThat(restarts).isEmpty();
  }

  // ---- groups --------------------------------------------------------------------------------

  @Test
  void aMessageThatTheDatabaseRefusesIsRefusedAlone() throws Exception {
    Journal journal = journal();
    String tooLong = "x".repeat(16_385);
    List<CompletionStage<Message>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(journal.post(draft(LOBBY, i == 27 ? tooLong : "" + i)));
    }
    for (int i = 0; i < 40; i++) {
      CompletionStage<Message> each = all.get(i);
      if (i == 27) {
        assertThatThrownBy(() -> done(each)).hasCauseInstanceOf(SQLException.class);
      } else {
        done(each);
      }
    }
    assertThat(delivered)
        .extracting(Message::content)
        .containsExactlyElementsOf(
            IntStream.range(0, 40).filter(i -> i != 27).mapToObj(i -> "" + i).toList());
  }

  @Test
  void groupsAreBoundedInBytesAndInMessages() {
    Batches<Draft> batches = new Batches<>(draft -> draft);
    for (int i = 0; i < 100; i++) {
      batches.add(draft(LOBBY, "é".repeat(8192)));
    }
    int sum = 0;
    while (!batches.isEmpty()) {
      List<Draft> group = batches.next();
      assertThat(group).hasSizeBetween(1, 16);
      sum += group.size();
    }
    assertThat(sum).isEqualTo(100);
    batches.add(draft(LOBBY, "é".repeat(500_000)));
    batches.add(draft(LOBBY, "short"));
    assertThat(batches.next()).as("one that is too large goes alone").hasSize(1);
    assertThat(batches.next()).hasSize(1);
    for (int i = 0; i < 1200; i++) {
      batches.add(draft(LOBBY, "short"));
    }
    assertThat(batches.next()).hasSize(500);
  }

  // ---- the archive ---------------------------------------------------------------------------

  @Test
  void theLastMessagesUpToANumberComeInTheirOrder() throws Exception {
    Journal journal = journal();
    for (int i = 1; i <= 5; i++) {
      done(journal.post(draft(LOBBY, "" + i)));
    }
    assertThat(done(archive().latest(LOBBY, 4, 2)))
        .extracting(Message::content)
        .containsExactly("3", "4");
    assertThat(done(archive().missed(LOBBY, 1, 3, 9)).messages())
        .extracting(Message::content)
        .containsExactly("2", "3");
    assertThat(done(archive().latest(LOBBY, 5, 0))).isEmpty();
  }

  private KeptRooms rooms(DatabaseId known, long after) throws Exception {
    return done(archive().rooms(RoomName.of("tea"), known, after));
  }

  @Test
  void roomsOfWhichSomethingIsKeptAreFound() throws Exception {
    DatabaseId here = schema.database().orElseThrow();
    assertThat(rooms(null, 0)).isEqualTo(new KeptRooms(here, 0, false, Set.of(), true));
    Journal journal = journal();
    for (String room : List.of("a", "茶", "b", "a", "茶", "tea")) {
      done(journal.post(draft(RoomName.of(room), "x")));
    }
    done(archive().setTopic(RoomName.of("topical"), "x", "Bo"));
    Set<String> all = Set.of("a", "茶", "b", "tea", "topical");
    assertThat(rooms(null, 0)).isEqualTo(new KeptRooms(here, 6, true, all, true));
    assertThat(rooms(new DatabaseId("elsewhere"), 5)).isEqualTo(rooms(null, 0));
    assertThat(rooms(here, 7)).as("of a backup").isEqualTo(rooms(null, 0));
    assertThat(rooms(here, 4))
        .isEqualTo(new KeptRooms(here, 6, true, Set.of("茶", "tea", "topical"), false));
    assertThat(rooms(here, 6)).isEqualTo(new KeptRooms(here, 6, true, Set.of("topical"), false));
  }

  @Test
  void aTopicIsSetReplacedAndTakenBack() throws Exception {
    Archive archive = archive();
    assertThat(done(archive.topic(LOBBY))).isEmpty();
    assertThat(done(archive.setTopic(LOBBY, "tea", "Åsa"))).isTrue();
    assertThat(done(archive.setTopic(LOBBY, "茶", "Bo"))).isTrue();
    assertThat(done(archive.arrival(LOBBY, 0, 50)).topic()).contains("茶");
    assertThat(done(archive.setTopic(LOBBY, "", "Bo"))).isTrue();
    assertThat(done(archive.topic(LOBBY))).isEmpty();
  }

  @Test
  void aTopicThatIsSaidAlreadyIsNotSetAgain() throws Exception {
    Archive archive = archive();
    assertThat(done(archive.setTopic(LOBBY, "", "Bo"))).as("there is none").isFalse();
    done(archive.setTopic(LOBBY, "茶", "Åsa"));
    assertThat(done(archive.setTopic(LOBBY, "茶", "Bo"))).isFalse();
    assertThat(done(archive.setTopic(LOBBY, "茶 ", "Bo"))).as("to the last blank").isTrue();
    assertThat(done(archive.setTopic(LOBBY, "Tea", "Bo"))).isTrue();
    assertThat(done(archive.setTopic(LOBBY, "tea", "Bo"))).as("in other letters").isTrue();
  }

  @Test
  void whoIsIgnoredIsKeptForEachUserAlone() throws Exception {
    Archive archive = archive();
    done(archive.ignore(7, 8, "Bob"));
    done(archive.ignore(7, 8, "ボブ"));
    done(archive.ignore(7, 9, "Carl"));
    done(archive.ignore(8, 7, "Ann"));
    assertThat(done(archive.standing(7)).ignored())
        .isEqualTo(java.util.Map.of(8L, "ボブ", 9L, "Carl"));
    assertThat(done(archive.standing(7)).mute()).isEmpty();
    done(archive.hear(7, 8));
    done(archive.hear(7, 8));
    assertThat(done(archive.standing(7)).ignored()).containsOnlyKeys(9L);
    assertThat(done(archive.standing(8)).ignored()).containsOnlyKeys(7L);
    assertThat(done(archive.standing(9)).ignored()).isEmpty();
  }

  @Test
  void aMuteIsKeptReplacedAndEndedAndEachIsNoted() throws Exception {
    Archive archive = archive();
    Instant until = now.plusSeconds(60);
    done(archive.setMute(7, "Åsa", new Mute(until, "noise", "Op")));
    done(archive.setMute(7, "Åsa", new Mute(until.plusSeconds(1), "", "Op")));
    assertThat(done(archive.mute(7))).contains(new Mute(until.plusSeconds(1), "", "Op"));
    assertThat(done(archive.mute(8))).isEmpty();
    done(archive.endMute(7, "Åsa", "Op"));
    assertThat(done(archive.mute(7))).isEmpty();
    done(archive.note("Op", "KICK", "Bo", ""));
    assertThat(rows("SELECT done_at, operator, what, target, detail FROM chat_audit ORDER BY id"))
        .containsExactly(
            List.of("" + now.toEpochMilli(), "Op", "MUTE", "Åsa", "until " + until + " noise"),
            List.of("" + now.toEpochMilli(), "Op", "MUTE", "Åsa", "until " + until.plusSeconds(1)),
            List.of("" + now.toEpochMilli(), "Op", "UNMUTE", "Åsa", ""),
            List.of("" + now.toEpochMilli(), "Op", "KICK", "Bo", ""));
  }

  // ---- retention -----------------------------------------------------------------------------

  private long retain(Duration age, int count) throws Exception {
    return done(new Retention(schema, () -> now).run(age, count));
  }

  private void post(RoomName room, String... contents) throws Exception {
    Journal journal = journal();
    for (String content : contents) {
      done(journal.post(draft(room, content)));
    }
  }

  @Test
  void messagesThatAreTooOldGo() throws Exception {
    post(LOBBY, "old");
    now = now.plus(Duration.ofDays(2));
    post(OTHER, "older than a moment");
    now = now.plusSeconds(1);
    assertThat(retain(Duration.ZERO, 0)).isZero();
    assertThat(retain(Duration.ofDays(1), 0)).isEqualTo(1);
    assertThat(contents(LOBBY)).isEmpty();
    assertThat(contents(OTHER)).hasSize(1);
    assertThat(Optional.of(journal().delivered())).as("numbers go on").contains(2L);
  }

  @Test
  void aClockThatWasWrongOnceTakesNoOtherMessagesWithIt() throws Exception {
    post(LOBBY, "before");
    Instant right = now;
    now = Instant.EPOCH;
    post(LOBBY, "in 1970");
    now = right;
    post(LOBBY, "after");
    assertThat(retain(Duration.ofDays(1), 0)).isEqualTo(1);
    assertThat(contents(LOBBY)).containsExactly("before", "after");
  }

  @Test
  void eachRoomKeepsItsLastMessages() throws Exception {
    post(LOBBY, "1", "2", "3");
    post(OTHER, "a", "b");
    assertThat(retain(Duration.ZERO, 2)).isEqualTo(1);
    assertThat(contents(LOBBY)).containsExactly("2", "3");
    assertThat(contents(OTHER)).containsExactly("a", "b");
    assertThat(retain(Duration.ofDays(1), 2)).isZero();
  }

  @Test
  void moreThanAStepIsRemoved() throws Exception {
    Journal journal = journal();
    List<CompletionStage<Message>> all = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      all.add(journal.post(draft(LOBBY, "" + i)));
    }
    done(all.get(all.size() - 1));
    assertThat(retain(Duration.ZERO, 10)).isEqualTo(5990);
    now = now.plus(Duration.ofDays(1));
    assertThat(retain(Duration.ofHours(1), 0)).isEqualTo(10);
  }
}
