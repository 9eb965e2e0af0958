package slipway.server.core.watch;

/** An event loop that tells what it does. */
public interface Occupied {

  /** What it does; always the same object. */
  Occupation occupation();
}
