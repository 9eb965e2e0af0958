/** What the host gives to each version of a service. */
package slipway.server.core.context;
