package slipway.world;

/**
 * One step of a world. Steps are of a fixed length: a world that computes with measured times is
 * neither repeatable nor able to take over from another one.
 *
 * @param number how many periods of the world came before; it goes on when another version takes
 *     over
 * @param nanos the length of a step in nanoseconds: a second divided by the world's frames a second
 * @param missed how many frames before this one were left out, as the world was late
 * @param rehearsal whether a version tries a world that another one runs: what it sends goes
 *     nowhere, and it must leave nothing behind outside of itself
 */
public record Frame(long number, long nanos, int missed, boolean rehearsal) {}
