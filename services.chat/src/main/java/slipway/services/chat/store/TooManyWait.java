package slipway.services.chat.store;

/** A message was not taken to be stored, as too many wait for that. Its message is for the user. */
public final class TooManyWait extends Exception {

  private static final long serialVersionUID = 1L;

  TooManyWait() {
    super("too many messages wait to be stored");
  }
}
