/**
 * The process around the framework: it starts the host, and from other processes it looks at it,
 * commands it and ends it. {@code bin/slipway} calls {@link slipway.launcher.Main}.
 */
package slipway.launcher;
