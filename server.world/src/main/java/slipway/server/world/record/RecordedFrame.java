package slipway.server.world.record;

import java.util.List;

/**
 * A frame of a world.
 *
 * @param inputs what the world was told, in its order
 * @param deeds what it did
 * @param nanos how long it took, in nanoseconds
 * @param failure why the world has failed with it; empty if it has not
 */
public record RecordedFrame(List<Input> inputs, Deeds deeds, long nanos, String failure) {}
