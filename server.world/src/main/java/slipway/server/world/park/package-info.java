/**
 * The state of worlds at rest, in the folder {@code var/worlds} of the host.
 *
 * <pre>
 *  NAME.world        how the world was when it ended: the next start goes on from it
 *  NAME.world.old    what the world went on from when it was last started; only a person uses it
 *  NAME.world.part   while one is written, or after a crash
 * </pre>
 *
 * <p>A file is written whole or not at all. {@link slipway.server.world.park.ParkedWorld} has its
 * layout.
 */
package slipway.server.world.park;
