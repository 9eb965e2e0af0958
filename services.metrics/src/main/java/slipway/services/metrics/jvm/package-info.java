/** Figures of the Java machine and of the process, as its management beans tell them. */
package slipway.services.metrics.jvm;
