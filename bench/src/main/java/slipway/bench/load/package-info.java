/**
 * The load: one thread with one selector, so that it costs less than any of the servers.
 *
 * <p>A closed loop keeps one message of each connection under way, and so as many as the server can
 * take: it tells CPU per message and throughput. An open loop sends at a rate that is given and
 * counts each message's time from the moment at which it was to be sent, whether or not the server
 * let it be sent then: it tells latency, without coordinated omission.
 */
package slipway.bench.load;
