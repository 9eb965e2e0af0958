/** The host as a whole: when it is ready, and how it ends. */
package slipway.server.core.host;
