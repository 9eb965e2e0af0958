package slipway.services.chat.hall;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.services.chat.store.Mute;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.RoomName;

/**
 * What versions of the chat ask one another while more than one has users, as during a hand-over.
 * Each word has two sides here, one below the other: how it is asked of all others, and how this
 * version answers it. Used from any thread.
 *
 * <p>A question is a map with the word as {@code do}. It and its answer are of the JDK's types
 * alone, as each version has classes of its own. An answer of null is none: so is that to a word
 * that a version does not know. What an earlier version has said under a name must keep its
 * meaning; more words, and more keys of a word, may come.
 */
final class PeerProtocol implements Function<Map<String, Object>, Object> {

  private final Peers peers;
  private final Answers here;

  /** What a version is asked, about itself alone. */
  interface Answers {

    void stored();

    void notice(String room, String line, long about, long except);

    Optional<String> tell(String name, long from, String line, Day day);

    int end(long account, String line);

    Optional<Long> find(String name);

    void claim(AccountName name, long account);

    boolean isLikeNick(Collection<?> forms, long account);

    boolean isIn(String room, long account);

    boolean pass(long connection, String line, boolean ends);

    Map<String, String> who(String room);

    Map<String, Integer> rooms();

    void mute(long account, Optional<Mute> mute);
  }

  /** The words, and how each is answered. */
  private enum Word {
    STORED(PeerProtocol::onStored),
    NOTICE(PeerProtocol::onNotice),
    TELL(PeerProtocol::onTell),
    END(PeerProtocol::onEnd),
    FIND(PeerProtocol::onFind),
    CLAIM(PeerProtocol::onClaim),
    LIKE(PeerProtocol::onLike),
    IN(PeerProtocol::onIn),
    PASS(PeerProtocol::onPass),
    WHO(PeerProtocol::onWho),
    ROOMS(PeerProtocol::onRooms),
    MUTE(PeerProtocol::onMute);

    private final String text = name().toLowerCase(Locale.ROOT);
    private final BiFunction<Answers, Question, Object> answer;

    Word(BiFunction<Answers, Question, Object> answer) {
      this.answer = answer;
    }
  }

  PeerProtocol(Peers peers, Answers here) {
    this.peers = peers;
    this.here = here;
  }

  private List<Object> ask(Word word, Map<String, Object> what) {
    Map<String, Object> question = new LinkedHashMap<>(what);
    question.put("do", word.text);
    return peers.ask(question);
  }

  @Override
  public Object apply(Map<String, Object> question) {
    for (Word word : Word.values()) {
      if (word.text.equals(question.get("do"))) {
        return word.answer.apply(here, new Question(question));
      }
    }
    return null; // a newer version may ask for more
  }

  // ---- stored: this version has stored messages ----------------------------------------------

  void stored() {
    ask(Word.STORED, Map.of());
  }

  private static Object onStored(Answers here, Question asked) {
    here.stored();
    return null;
  }

  // ---- notice: a line for those in a room ----------------------------------------------------

  void notice(RoomName room, String line, long about, long except) {
    ask(Word.NOTICE, Map.of("room", room.key(), "line", line, "about", about, "except", except));
  }

  private static Object onNotice(Answers here, Question asked) {
    here.notice(
        asked.text("room"), asked.text("line"), asked.number("about"), asked.number("except"));
    return null;
  }

  // ---- tell: a line of one user for another; the answer is why that one does not answer ------

  Optional<String> tell(AccountName name, long from, String line, Day day) {
    return ask(Word.TELL, Map.of("name", name.key(), "from", from, "line", line, "at", day.begin()))
        .stream()
        .map(String::valueOf)
        .findFirst();
  }

  private static Object onTell(Answers here, Question asked) {
    return here.tell(asked.text("name"), asked.number("from"), asked.text("line"), asked.day())
        .orElse(null);
  }

  // ---- end: ends the sessions of a user; the answer is how many ------------------------------

  int end(long account, String line) {
    return ask(Word.END, Map.of("account", account, "line", line)).stream()
        .mapToInt(Integer.class::cast)
        .sum();
  }

  private static Object onEnd(Answers here, Question asked) {
    return here.end(asked.number("account"), asked.text("line"));
  }

  // ---- find: the account of a user who is known by a name ------------------------------------

  Optional<Long> find(AccountName name) {
    return ask(Word.FIND, Map.of("name", name.key())).stream().map(Long.class::cast).findFirst();
  }

  private static Object onFind(Answers here, Question asked) {
    return here.find(asked.text("name")).orElse(null);
  }

  // ---- claim: an account that has come in has a name, which others may have as a nick --------

  void claim(Account account) {
    ask(Word.CLAIM, Map.of("name", account.name().toString(), "account", account.id()));
  }

  private static Object onClaim(Answers here, Question asked) {
    here.claim(AccountName.of(asked.text("name")), asked.number("account"));
    return null;
  }

  // ---- like: whether another user has a nick that looks like these forms ---------------------

  boolean isLikeNick(Set<String> forms, long account) {
    return !ask(Word.LIKE, Map.of("forms", List.copyOf(forms), "account", account)).isEmpty();
  }

  private static Object onLike(Answers here, Question asked) {
    return yes(here.isLikeNick(asked.list("forms"), asked.number("account")));
  }

  // ---- in: whether a user is in a room -------------------------------------------------------

  boolean isIn(RoomName room, long account) {
    return !ask(Word.IN, Map.of("room", room.key(), "account", account)).isEmpty();
  }

  private static Object onIn(Answers here, Question asked) {
    return yes(here.isIn(asked.text("room"), asked.number("account")));
  }

  // ---- pass: a line for the version that serves a connection now -----------------------------

  void pass(long connection, String line, boolean ends) {
    ask(Word.PASS, Map.of("connection", connection, "line", line, "ends", ends));
  }

  private static Object onPass(Answers here, Question asked) {
    return yes(here.pass(asked.number("connection"), asked.text("line"), asked.flag("ends")));
  }

  // ---- who: those in a room, by the forms by which names are compared ------------------------

  /** One map of each version. */
  Stream<Map<?, ?>> who(RoomName room) {
    return ask(Word.WHO, Map.of("room", room.key())).stream().map(there -> (Map<?, ?>) there);
  }

  private static Object onWho(Answers here, Question asked) {
    return here.who(asked.text("room"));
  }

  // ---- rooms: how many users are in each room, by its name as it is shown --------------------

  /** One map of each version. */
  Stream<Map<?, ?>> rooms() {
    return ask(Word.ROOMS, Map.of()).stream().map(there -> (Map<?, ?>) there);
  }

  private static Object onRooms(Answers here, Question asked) {
    return here.rooms();
  }

  // ---- mute: a user may not talk, or may again -----------------------------------------------

  void mute(long account, Optional<Mute> mute) {
    Map<String, Object> what = new LinkedHashMap<>(Map.of("account", account));
    mute.ifPresent(
        held -> {
          what.put("until", held.until());
          what.put("reason", held.reason());
          what.put("by", held.by());
        });
    ask(Word.MUTE, what);
  }

  private static Object onMute(Answers here, Question asked) {
    here.mute(asked.number("account"), asked.mute());
    return null;
  }

  /** Any answer but none means yes. */
  private static Object yes(boolean is) {
    return is ? true : null;
  }

  /** What another version asks: what is missing, or of another type, counts as nothing. */
  private record Question(Map<String, Object> keys) {

    String text(String key) {
      return String.valueOf(keys.get(key));
    }

    long number(String key) {
      return keys.get(key) instanceof Long number ? number : 0;
    }

    boolean flag(String key) {
      return Boolean.TRUE.equals(keys.get(key));
    }

    Collection<?> list(String key) {
      return keys.get(key) instanceof Collection<?> list ? list : List.of();
    }

    /** Null if an older version asks, which does not say it. */
    Day day() {
      return keys.get("at") instanceof Instant time ? Day.of(time) : null;
    }

    Optional<Mute> mute() {
      return keys.get("until") instanceof Instant until
          ? Optional.of(new Mute(until, text("reason"), text("by")))
          : Optional.empty();
    }
  }
}
