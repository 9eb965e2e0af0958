package slipway.dump.kept;

import java.nio.file.Path;

/**
 * A dump that is complete.
 *
 * @param name its folder's name, which is the time of the event: the later, the greater
 * @param folder where it is
 * @param summary what happened, in one line
 * @param bytes what its files take
 * @param acknowledged whether an operator has seen it, or has asked for it
 */
public record KeptDump(
    String name, Path folder, String summary, long bytes, boolean acknowledged) {}
