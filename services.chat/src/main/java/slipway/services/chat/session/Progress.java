package slipway.services.chat.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.service.Handed;

/** How far a session is, and what the host was promised. In the connection's event loop. */
final class Progress {

  private Stay stay = Stay.NEW;

  /** What the host was promised last; null if it has asked for nothing. */
  private CompletableFuture<Handed> promise;

  boolean isNew() {
    return stay == Stay.NEW;
  }

  /** Whether lines may be taken and shown. */
  boolean isThere() {
    return !stay.isOver();
  }

  /** Whether something of it is in the chat, with nothing told to its user about an end. */
  boolean isIn() {
    return isThere() && !isNew();
  }

  boolean isServed() {
    return isIn() && !isGivingUp();
  }

  boolean isGivingUp() {
    if (stay == Stay.GIVING_UP && promise.isDone()) { // the host has given up waiting
      stay = stay.to(Stay.SERVED);
    }
    return stay == Stay.GIVING_UP;
  }

  boolean isGivenUp() {
    return stay == Stay.GIVEN_UP;
  }

  boolean isEnded() {
    return stay == Stay.ENDED;
  }

  /** It has a phase from now on. */
  void begin() {
    if (isNew()) {
      stay = stay.to(Stay.SERVED);
    }
  }

  /** The last line has been told, or none can be. Nothing happens if it is over. */
  void end() {
    stay = stay.ended();
  }

  /**
   * Nothing of it is left.
   *
   * @throws IllegalStateException if that is so already
   */
  void leave() {
    stay = stay.to(Stay.LEFT);
  }

  /**
   * The host asks for the connection.
   *
   * @throws IllegalStateException if it is about to be closed
   */
  CompletionStage<Handed> promise() {
    if (!isIn()) {
      throw new IllegalStateException("it is being closed");
    }
    if (!isGivingUp()) {
      stay = stay.to(Stay.GIVING_UP);
    }
    promise = new CompletableFuture<>();
    return promise;
  }

  /** Another version has the connection from now on; it gets what it needs with {@link #keep}. */
  void giveUp() {
    stay = stay.to(Stay.GIVEN_UP);
  }

  /** Keeps the promise. */
  void keep(Handed given) {
    promise.complete(given);
  }

  /** Breaks the promise, if there is one that is not kept. */
  void breakPromise() {
    if (promise != null) {
      promise.completeExceptionally(new IllegalStateException("it is being closed"));
    }
  }
}
