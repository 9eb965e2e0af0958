package slipway.services.chat.hall;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import slipway.account.AccountName;
import slipway.services.chat.room.Rooms;
import slipway.services.chat.store.Mute;
import slipway.services.chat.text.Day;
import slipway.services.chat.user.User;
import slipway.services.chat.user.Users;

/** This version alone, as other versions ask about it. From any thread. */
final class ThisVersion implements PeerProtocol.Answers {
  private final Users users;
  private final Rooms rooms;
  private final Runnable look;
  private final BiConsumer<User, AccountName> takeNick;

  /**
   * Makes it.
   *
   * @param look called when another version has stored messages
   * @param takeNick takes a nick from a user if it is the name of another user's account
   */
  ThisVersion(Users users, Rooms rooms, Runnable look, BiConsumer<User, AccountName> takeNick) {
    this.users = users;
    this.rooms = rooms;
    this.look = look;
    this.takeNick = takeNick;
  }

  @Override
  public void stored() {
    look.run();
  }

  @Override
  public void notice(String room, String line, long about, long except) {
    rooms.notice(room, line, about, except);
  }

  @Override
  public Optional<String> tell(String name, long from, String line, Day day) {
    return users.tell(name, from, line, day);
  }

  @Override
  public int end(long account, String line) {
    return users.end(account, line);
  }

  @Override
  public Optional<Long> find(String name) {
    return users.find(name).map(User::id);
  }

  @Override
  public void claim(AccountName name, long account) {
    users
        .find(name)
        .filter(holder -> holder.id() != account)
        .ifPresent(holder -> takeNick.accept(holder, name));
  }

  @Override
  public boolean isLikeNick(Collection<?> forms, long account) {
    return users.isLikeNick(forms, account);
  }

  @Override
  public boolean isIn(String room, long account) {
    return rooms.isIn(room, account);
  }

  @Override
  public boolean pass(long connection, String line, boolean ends) {
    return users.pass(connection, line, ends);
  }

  @Override
  public Map<String, String> who(String room) {
    return rooms.who(room);
  }

  @Override
  public Map<String, Integer> rooms() {
    return rooms.counts();
  }

  @Override
  public void mute(long account, Optional<Mute> mute) {
    users.mute(account, mute);
  }
}
