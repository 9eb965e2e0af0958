/** The host's event loops, on the best that the machine has. */
package slipway.server.core.transport;
