package slipway.world;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A world as its service wants it, which the operator's configuration can change. Immutable.
 *
 * @param name of the world, of which there is one in a host
 * @param kind what it is for
 * @param fps frames in a second
 * @param packetsPerFrame how many packets of one session are dealt with in a frame; the others wait
 * @param overrun what to do if a frame takes too long
 * @param heartbeat how long a session may send nothing before the world is told, to a quarter; zero
 *     for as long as it likes
 * @param maxSessions how many may be in it, or on their way to it
 */
public record WorldSpec(
    String name,
    WorldKind kind,
    int fps,
    int packetsPerFrame,
    Overrun overrun,
    Duration heartbeat,
    int maxSessions) {

  /** What a name looks like, for people. */
  public static final String NAME_FORM =
      "1 to 64 letters, digits, dots, hyphens and underscores, the first a letter or a digit";

  /** The most frames in a second. */
  public static final int MOST_FPS = 240;

  /** The most packets of a session in a frame. */
  public static final int MOST_PACKETS = 10_000;

  /** The most sessions of a world. */
  public static final int MOST_SESSIONS = 1 << 20;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int USUAL_FPS = 25;
  private static final int AUTH_PACKETS = 1;
  private static final int GAME_PACKETS = 32;
  private static final int USUAL_SESSIONS = 10_000;

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if a value is not allowed; says which one, and what is
   */
  public WorldSpec {
    if (!isName(name)) {
      throw new IllegalArgumentException("name = " + name + ": allowed are " + NAME_FORM);
    }
    Objects.requireNonNull(kind);
    Objects.requireNonNull(overrun);
    range("fps", fps, MOST_FPS);
    range("packets.per.frame", packetsPerFrame, MOST_PACKETS);
    range("max.sessions", maxSessions, MOST_SESSIONS);
    if (heartbeat.isNegative()) {
      throw new IllegalArgumentException(
          "heartbeat.timeout = " + heartbeat + ": allowed is 0 or more");
    }
  }

  private static void range(String key, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(key + " = " + value + ": allowed is 1 to " + most);
    }
  }

  /** The time from one frame to the next, in nanoseconds. */
  public long period() {
    return SECOND_NANOS / fps;
  }

  /** Whether a world can have this name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A world that sessions enter first: 25 frames a second, in each one packet of a session. */
  public static WorldSpec auth(String name) {
    return usual(name, WorldKind.AUTH, AUTH_PACKETS);
  }

  /** A world to play in: 25 frames a second, in each up to 32 packets of a session. */
  public static WorldSpec game(String name) {
    return usual(name, WorldKind.GAME, GAME_PACKETS);
  }

  private static WorldSpec usual(String name, WorldKind kind, int packets) {
    return new WorldSpec(
        name, kind, USUAL_FPS, packets, Overrun.skip(), Duration.ZERO, USUAL_SESSIONS);
  }

  /** The same, at another rate. */
  public WorldSpec fps(int framesPerSecond) {
    return new WorldSpec(
        name, kind, framesPerSecond, packetsPerFrame, overrun, heartbeat, maxSessions);
  }

  /** The same, with another number of packets of a session in a frame. */
  public WorldSpec packetsPerFrame(int packets) {
    return new WorldSpec(name, kind, fps, packets, overrun, heartbeat, maxSessions);
  }

  /** The same, that does something else if a frame takes too long. */
  public WorldSpec overrun(Overrun other) {
    return new WorldSpec(name, kind, fps, packetsPerFrame, other, heartbeat, maxSessions);
  }

  /** The same, that is told of sessions which send nothing for some time. */
  public WorldSpec heartbeat(Duration timeout) {
    return new WorldSpec(name, kind, fps, packetsPerFrame, overrun, timeout, maxSessions);
  }

  /** The same, for another number of sessions. */
  public WorldSpec maxSessions(int sessions) {
    return new WorldSpec(name, kind, fps, packetsPerFrame, overrun, heartbeat, sessions);
  }
}
