/**
 * Event loops, and the connections of bots. Each loop has its own dialer and its own counters, so
 * that nothing is shared on the path of a packet.
 *
 * <pre>
 *   Loops ─▸ Loop ─┬─▸ Dialer ─▸ Wire ─▸ its owner, a bot
 *                  ├─▸ Links      what became of the connections
 *                  └─▸ Lateness   how late the loop itself is
 *   Tallies ─▸ Tally, one for each loop: what its bots have seen
 * </pre>
 */
package slipway.bots.link;
