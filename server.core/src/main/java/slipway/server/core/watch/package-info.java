/** Sees who keeps an event loop, or the threads of all virtual threads, for too long. */
package slipway.server.core.watch;
