package slipway.services.chat.store;

/** How a message is shown. */
public enum Kind {
  /** {@code name: text}. */
  SAID,
  /** {@code ** name text}, so that no user can look like the chat itself. */
  DID,
  /** {@code * text}: from an operator's console. */
  TOLD
}
