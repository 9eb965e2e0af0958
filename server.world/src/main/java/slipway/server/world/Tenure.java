package slipway.server.world;

import slipway.world.World;
import slipway.world.WorldService;

/**
 * The time for which one version of a service runs a world.
 *
 * @param service the version
 * @param version its number, for people
 * @param world its state
 * @param context what it has of the host
 */
record Tenure(WorldService service, String version, World world, HostContext context) {}
