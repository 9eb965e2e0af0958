package slipway.services.chat.store;

import java.util.List;

/** Takes what a journal hands on, in the journal's thread. */
public interface Delivery {

  /** Messages that are stored, in their order, behind all those before. */
  void deliver(List<Message> messages);

  /**
   * More was stored by others than is handed on at once: the oldest of it is not. Called before the
   * rest is delivered.
   *
   * @param count how many messages, of all rooms
   * @param before the number of the first one that is handed on
   */
  void leftOut(long count, long before);

  /**
   * The database holds other messages than it did: it is another one, or what it held was replaced.
   * Numbers begin again; those of earlier messages mean nothing any more.
   *
   * @param last the number behind which messages are handed on from now on
   */
  void restart(long last);
}
