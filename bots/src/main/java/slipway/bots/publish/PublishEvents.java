package slipway.bots.publish;

import java.util.concurrent.Semaphore;
import slipway.bots.link.Entrance;
import slipway.bots.report.FirstFault;

/**
 * What a run hears of its clients. Safe for use by any thread.
 *
 * @param entrance whether the server has let them in
 * @param fault the first bad packet
 * @param news a permit for each client that has heard all in the end; as many as there are clients
 *     if one was closed, as what is awaited is another thing then
 */
record PublishEvents(Entrance entrance, FirstFault fault, Semaphore news) {}
