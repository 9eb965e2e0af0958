package slipway.bots.world;

import java.util.concurrent.CountDownLatch;
import slipway.bots.link.Entrance;
import slipway.bots.report.FirstFault;

/**
 * What a run hears of its players. Safe for use by any thread.
 *
 * @param entrance whether the server has let them into a zone
 * @param ended counts the players that have looked at the end, or are over
 * @param fault the first bad packet
 */
record WorldEvents(Entrance entrance, CountDownLatch ended, FirstFault fault) {}
