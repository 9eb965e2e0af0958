package slipway.server.core.life;

import slipway.admin.ServiceState;

/**
 * What a connection needs to know of a service, as it was when the table was published.
 *
 * @param state the service's state
 * @param version its active version; null if none is active
 * @param provided whether a bundle provides it
 * @param quota how many connections it may have
 */
record Admission(ServiceState state, ActiveVersion version, boolean provided, Quota quota) {}
