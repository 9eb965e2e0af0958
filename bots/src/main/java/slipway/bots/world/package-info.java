/**
 * Players of a world: they log in, walk, talk and change zones, and check all that the world tells
 * them of itself and of one another.
 *
 * <pre>
 *   WorldRun ─▸ Rounds ─▸ Player ─┬─▸ Walker     its own place, and its goals  ─▸ Asked
 *      │       time for all       ├─▸ Talker     what it says comes back       ─▸ Asked
 *      │       of a loop          ├─▸ Traveller  it comes into the next zone
 *      │                          ├─▸ Sight      frames, and whom it sees      ─▸ Neighbours
 *      │                          ├─▸ Line       its connection, which may be cut
 *      ▾                          └─▸ Witness    the first bad packet
 *   WorldReport ◂──────────────────── WorldTally, one for each event loop
 *
 *   Outgoing, Incoming, Place, Zone: the packets
 * </pre>
 */
package slipway.bots.world;
