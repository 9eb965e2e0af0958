/**
 * Whether the host works, as far as its heart can tell: what {@code slipway.health} asks of it.
 *
 * <pre>
 *  event loops, control thread ◀──each half second── LagMeter ── a Lag for each, with its histogram
 *                                                       ▲
 *  HostPhase, ServiceAdmin, Unloads ◀── the checks ─────┘
 * </pre>
 */
package slipway.server.core.health;
