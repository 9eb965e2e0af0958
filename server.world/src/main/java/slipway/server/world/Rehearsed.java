package slipway.server.world;

/**
 * What a version has rehearsed of a world, for people. Holds nothing of the version.
 *
 * @param version its number
 * @param sessions how many were there at its beginning
 * @param frames how many frames were played
 * @param bytes that were loaded
 * @param loadNanos how long that took
 * @param frameNanos how long a frame took, on average of the second half
 */
record Rehearsed(
    String version, int sessions, int frames, int bytes, long loadNanos, long frameNanos) {}
