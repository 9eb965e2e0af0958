package slipway.bots.echo;

import java.util.concurrent.CountDownLatch;
import slipway.bots.link.Entrance;
import slipway.bots.report.FirstFault;

/**
 * What a run hears of its clients. Safe for use by any thread, and nothing of it is used for each
 * packet.
 *
 * @param entrance whether they got in
 * @param ended counts those that have ended
 * @param fault the first bad packet
 */
record EchoEvents(Entrance entrance, CountDownLatch ended, FirstFault fault) {}
