package slipway.services.chat.hall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.Accounts;
import slipway.account.Look;
import slipway.data.DatabaseId;
import slipway.services.chat.memory.Remembered;
import slipway.services.chat.store.Archive;
import slipway.services.chat.store.KeptRooms;
import slipway.services.chat.text.RoomName;

/**
 * Which names new rooms get: those that a new user could have, and that do not look like the name
 * of a room that there is. A room exists while a user is in it, or something of it is kept.
 *
 * <p>What the names of rooms look like is known here once it has been asked for, as the database
 * has the names alone. From any thread.
 */
public final class RoomNames {

  /** Forms of names that are remembered; the oldest are forgotten first. */
  private static final int MOST_REMEMBERED = 200_000;

  private final Accounts accounts;
  private final Archive archive;
  private final Hall hall;
  private final Remembered<String, Known> forms = new Remembered<>(MOST_REMEMBERED);
  private final Set<String> known = new HashSet<>();
  private DatabaseId place;
  private long last;

  /**
   * Whose a form is.
   *
   * @param kept whether something of the room is kept, so that it is there with nobody in it
   */
  private record Known(String key, boolean kept) {}

  /** Makes it. */
  public RoomNames(Accounts accounts, Archive archive, Hall hall) {
    this.accounts = accounts;
    this.archive = archive;
    this.hall = hall;
  }

  /**
   * Checks a name, which is then to be {@link #give given}: others may be asking for one like it.
   *
   * @param first the room that everybody enters first, which is there always
   * @return what the name looks like if there may be such a room, nothing if there is one; else it
   *     fails, with an {@link AccountException} that says why
   */
  public CompletionStage<Set<String>> check(RoomName name, RoomName first) {
    return found(name)
        .thenCompose(
            found ->
                accounts
                    .looks(unknown(name, first, found))
                    .thenCompose(looks -> decide(name, first, found, looks)));
  }

  /**
   * Gives a name that was checked, unless one that looks like it was given meanwhile. One at a
   * time: the room is there before the next one is given.
   *
   * @param forms what the check found
   * @param enter makes that somebody is in the room
   * @return why it is not given; empty if it is
   */
  public synchronized Optional<String> give(
      RoomName name, RoomName first, Set<String> forms, Runnable enter) {
    Optional<String> like = like(name, first, forms);
    if (like.isEmpty()) {
      remember(name.key(), forms, false);
      enter.run();
    }
    return like;
  }

  private synchronized CompletionStage<KeptRooms> found(RoomName name) {
    return archive.rooms(name, place, last);
  }

  /** Names of rooms of which it is not known what they look like, and the one that is asked for. */
  private synchronized List<AccountName> unknown(RoomName asked, RoomName first, KeptRooms found) {
    if (found.all()) {
      forms.clear();
      known.clear();
    }
    Set<String> keys = new HashSet<>(found.keys());
    hall.rooms().forEach(room -> keys.add(RoomName.of(room.name()).key()));
    keys.add(first.key());
    keys.removeAll(known);
    List<AccountName> names = new ArrayList<>();
    names.add(AccountName.of(asked.text()));
    keys.stream().flatMap(key -> name(key).stream()).forEach(names::add);
    return names;
  }

  /** Empty if it is none for this version of the JDK. */
  private static Optional<AccountName> name(String key) {
    try {
      return Optional.of(AccountName.of(key));
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  private synchronized CompletionStage<Set<String>> decide(
      RoomName name, RoomName first, KeptRooms found, Map<AccountName, Look> looks) {
    Map<AccountName, Look> others = new HashMap<>(looks);
    Look own = others.remove(AccountName.of(name.text()));
    others.forEach(
        (other, look) -> remember(other.key(), look.forms(), found.keys().contains(other.key())));
    place = found.place();
    last = found.last();
    if (found.asked()) {
      return CompletableFuture.completedFuture(Set.of());
    }
    return own.flaw()
        .or(() -> like(name, first, own.forms()))
        .map(why -> CompletableFuture.<Set<String>>failedFuture(new AccountException(why)))
        .orElseGet(() -> CompletableFuture.completedFuture(own.forms()));
  }

  private void remember(String key, Set<String> own, boolean kept) {
    if (kept) {
      known.add(key);
    }
    for (String form : own) {
      Known one = forms.get(form);
      if (one == null) {
        Known forgotten = forms.put(form, new Known(key, kept));
        if (forgotten != null) {
          known.remove(forgotten.key());
        }
      } else if (!one.kept()) {
        forms.replace(form, new Known(key, kept));
      }
    }
  }

  private Optional<String> like(RoomName name, RoomName first, Set<String> own) {
    return own.stream()
        .map(forms::get)
        .filter(other -> other != null && !other.key().equals(name.key()))
        .filter(other -> other.key().equals(first.key()) || isThere(other))
        .findFirst()
        .map(other -> "the name " + name + " looks like that of the room " + other.key());
  }

  private boolean isThere(Known room) {
    return room.kept() || hall.isThere(new RoomName(room.key(), room.key()));
  }
}
