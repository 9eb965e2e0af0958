package slipway.services.chat.user;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import slipway.account.AccountName;

/**
 * Which user is known by which name, and what the nicks look like. Reading is safe from any thread;
 * {@link Users} makes all changes of one user's names one at a time.
 */
final class Names {

  private final Map<String, User> names = new ConcurrentHashMap<>();
  private final Map<String, User> looks = new ConcurrentHashMap<>();

  Optional<User> find(String key) {
    return Optional.ofNullable(names.get(key));
  }

  /** Whether another user has a nick that looks like one of these forms. */
  boolean isLikeNick(Collection<?> forms, long account) {
    return forms.stream()
        .map(looks::get)
        .anyMatch(holder -> holder != null && holder.id() != account);
  }

  /**
   * Gives a user the name of the account, even if another user is known by it.
   *
   * @return that other user; empty if there was none
   */
  Optional<User> giveOwn(User user, AccountName name) {
    return Optional.ofNullable(names.put(name.key(), user)).filter(before -> before != user);
  }

  /**
   * Gives a user another name; the user keeps their own name as well.
   *
   * @param forms what it looks like; empty for the own name
   * @return false if another user is known by it, or by one that looks like it
   */
  boolean give(User user, AccountName name, Set<String> forms) {
    User holder = names.putIfAbsent(name.key(), user);
    if (holder != null && holder != user) {
      return false;
    }
    if (!claim(user, forms)) {
      if (holder == null) {
        names.remove(name.key(), user);
      }
      return false;
    }
    AccountName before = user.name();
    user.looks().stream()
        .filter(form -> !forms.contains(form))
        .forEach(form -> looks.remove(form, user));
    user.name(name, forms);
    if (!before.equals(name) && !before.equals(user.account().name())) {
      names.remove(before.key(), user);
    }
    return true;
  }

  /** All of the forms, or none. */
  private boolean claim(User user, Set<String> forms) {
    List<String> mine = new ArrayList<>();
    for (String form : forms) {
      User holder = looks.putIfAbsent(form, user);
      if (holder == null) {
        mine.add(form);
      } else if (holder != user) {
        mine.forEach(each -> looks.remove(each, user));
        return false;
      }
    }
    return true;
  }

  /**
   * Takes a nick away from a user, who gets their own name back.
   *
   * @return false if it is not the user's nick
   */
  boolean takeNick(User user, AccountName nick) {
    AccountName own = user.account().name();
    if (!user.name().equals(nick) || own.equals(nick)) {
      return false;
    }
    names.remove(nick.key(), user);
    user.looks().forEach(form -> looks.remove(form, user));
    user.name(own, Set.of());
    return true;
  }

  /** Frees the user's names. */
  void forget(User user) {
    names.remove(user.account().name().key(), user);
    names.remove(user.name().key(), user);
    user.looks().forEach(form -> looks.remove(form, user));
  }
}
