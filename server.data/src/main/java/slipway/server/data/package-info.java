/**
 * The host's database: {@link slipway.server.data.HostDatabase} is what bundles see. {@link
 * slipway.server.data.Link} is the pool and its threads for one configuration, {@link
 * slipway.server.data.Tables} one schema in it.
 */
package slipway.server.data;
