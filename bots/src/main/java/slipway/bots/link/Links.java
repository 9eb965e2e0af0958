package slipway.bots.link;

/** What became of the connections of one event loop. Confined to it; a copy is what others see. */
public final class Links {

  private long connects;
  private long failedConnects;
  private long ownCloses;
  private long foreignCloses;

  void connected() {
    connects++;
  }

  void failed() {
    failedConnects++;
  }

  void closed(boolean byBot) {
    if (byBot) {
      ownCloses++;
    } else {
      foreignCloses++;
    }
  }

  /** Adds what another loop has counted. */
  public Links add(Links other) {
    connects += other.connects;
    failedConnects += other.failedConnects;
    ownCloses += other.ownCloses;
    foreignCloses += other.foreignCloses;
    return this;
  }

  /** How many connections were made. */
  public long connects() {
    return connects;
  }

  /** How many could not be made. */
  public long failedConnects() {
    return failedConnects;
  }

  /** How many a bot has closed. */
  public long ownCloses() {
    return ownCloses;
  }

  /** How many were closed, and not by a bot. */
  public long foreignCloses() {
    return foreignCloses;
  }

  /** How many are open. */
  public long open() {
    return connects - ownCloses - foreignCloses;
  }
}
