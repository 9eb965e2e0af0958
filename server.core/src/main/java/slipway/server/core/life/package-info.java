/**
 * The life of services: which bundle provides which name, when it is started and stopped, and who
 * uses it.
 *
 * <p>{@link slipway.server.core.life.ServiceControl} owns every change, on one thread. Connections
 * read an immutable table and take leases without a lock.
 */
package slipway.server.core.life;
