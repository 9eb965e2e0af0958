package slipway.services.chat.room;

import slipway.services.chat.text.Day;

/**
 * The day that a connection was told last, of which all is that it is shown without a time.
 * Confined to the connection's event loop.
 */
public final class LastDay {

  private long number;

  /** The number of the day; 0 if none was told. */
  public long number() {
    return number;
  }

  /** The day with a number was told, by another version. */
  public void is(long told) {
    number = told;
  }

  /** Whether it was another day until now; this one counts as told from now on. */
  public boolean turns(Day day) {
    boolean other = day.number() != number;
    number = day.number();
    return other;
  }
}
