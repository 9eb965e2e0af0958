package slipway.bots.publish;

import slipway.bots.link.Entrance;
import slipway.bots.report.FirstFault;

/**
 * What a run hears of its clients. Safe for use by any thread.
 *
 * @param entrance whether the server has let them in
 * @param fault the first bad packet
 */
record PublishEvents(Entrance entrance, FirstFault fault) {}
