package slipway.admin;

import java.nio.file.Path;

/**
 * A dump in {@code var/dump}.
 *
 * @param name its folder's name, which is the time of the event in UTC, as in {@code
 *     2026-11-27T12-00-00Z}
 * @param folder where it is
 * @param summary what happened, in one line
 * @param bytes what its files take
 * @param acknowledged whether an operator has seen it, or has asked for it
 */
public record DumpStatus(
    String name, Path folder, String summary, long bytes, boolean acknowledged) {}
