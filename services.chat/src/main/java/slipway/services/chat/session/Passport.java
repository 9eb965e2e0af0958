package slipway.services.chat.session;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.Role;
import slipway.data.DatabaseId;
import slipway.service.Handed;
import slipway.services.chat.session.PasswordDialogue.Question;
import slipway.services.chat.text.RoomName;

/**
 * What one version of the chat tells another about a user who is in, so that the user can continue
 * there: in the JDK's types alone on the way, typed here. What is missing, or of a type that is not
 * known, counts as at the beginning of a session; only the account has to be there.
 *
 * @param hall the hall of the version that gave it; empty if that is not known
 * @param account as it was known there; it may have changed
 * @param nick the name that others see
 * @param looks what the nick looks like; empty if it is the account's name, or not known
 * @param away why the user does not answer; empty if present
 * @param ignored accounts that the user does not hear, and their names
 * @param room that the connection is in; empty for the first one
 * @param seen the number of the last message that was shown; empty if that is not known
 * @param place in which database that message is; empty if that is not known
 * @param since when the user logged in, in nanoseconds of this JVM; empty if that is not known
 * @param day the number of the day that was told last; empty if that is not known
 * @param question what the next line answers
 * @param oldPassword given already, in that dialogue; else empty
 */
record Passport(
    Optional<String> hall,
    Account account,
    AccountName nick,
    Set<String> looks,
    String away,
    Map<Long, String> ignored,
    Optional<RoomName> room,
    Optional<Long> seen,
    Optional<DatabaseId> place,
    Optional<Long> since,
    Optional<Long> day,
    Question question,
    byte[] oldPassword) {

  /** Whether what was given is that of a user who is in. */
  static boolean isIn(Handed given) {
    return given.number("account").isPresent();
  }

  /**
   * Reads what was given.
   *
   * @throws IllegalArgumentException if it does not say whose it is
   */
  static Passport of(Handed given) {
    AccountName name =
        given
            .text("name")
            .map(AccountName::of)
            .orElseThrow(() -> new IllegalArgumentException("a user without a name"));
    Account account =
        new Account(
            given
                .number("account")
                .orElseThrow(() -> new IllegalArgumentException("a user without a number")),
            name,
            given
                .text("role")
                .filter(Role.OPERATOR.name()::equals)
                .map(Role::valueOf)
                .orElse(Role.USER),
            given.instant("created").orElse(Instant.EPOCH),
            Optional.empty(),
            Optional.empty());
    return new Passport(
        given.text("chat"),
        account,
        given.text("nick").map(AccountName::of).orElse(name),
        Set.copyOf(given.texts("looks")),
        given.text("away").orElse(""),
        ignored(given.toMap().get("ignored")),
        given.text("room").map(RoomName::of),
        number(given, "seen"),
        given.text("place").map(DatabaseId::new),
        number(given, "since"),
        number(given, "day"),
        question(given.text("question").orElse("")),
        given.bytes("oldPassword").orElse(new byte[0]));
  }

  private static Optional<Long> number(Handed given, String key) {
    OptionalLong number = given.number(key);
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  private static Map<Long, String> ignored(Object given) {
    Map<Long, String> ignored = new HashMap<>();
    if (given instanceof Map<?, ?> names) {
      names.forEach(
          (id, name) -> {
            if (id instanceof Long account && name instanceof String shown) {
              ignored.put(account, shown);
            }
          });
    }
    return Map.copyOf(ignored);
  }

  private static Question question(String name) {
    for (Question each : Question.values()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return Question.NONE;
  }

  /** As another version gets it, in the types that each version has expected so far. */
  Map<String, Object> toMap() {
    Map<String, Object> state = new HashMap<>();
    hall.ifPresent(id -> state.put("chat", id));
    state.put("account", account.id());
    state.put("name", account.name().toString());
    state.put("role", account.role().name());
    state.put("created", account.created());
    state.put("nick", nick.toString());
    state.put("looks", List.copyOf(looks));
    state.put("away", away);
    state.put("ignored", new HashMap<>(ignored));
    room.ifPresent(in -> state.put("room", in.text()));
    seen.ifPresent(last -> state.put("seen", last));
    place.ifPresent(in -> state.put("place", in.text()));
    since.ifPresent(at -> state.put("since", at));
    day.ifPresent(told -> state.put("day", told));
    state.put("question", question.name());
    state.put("oldPassword", oldPassword);
    return state;
  }
}
