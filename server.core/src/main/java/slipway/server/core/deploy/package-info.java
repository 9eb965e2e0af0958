/** From files in {@code services/} to bundles in the framework. */
package slipway.server.core.deploy;
