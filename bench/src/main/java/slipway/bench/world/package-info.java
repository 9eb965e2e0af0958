/**
 * Worlds that are installed in a host to be measured. They see nothing of the bench: their classes
 * are put into a bundle of their own, which is all that the host has of them.
 */
package slipway.bench.world;
