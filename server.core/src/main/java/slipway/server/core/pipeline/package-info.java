/**
 * A connection's pipeline while its service's version is exchanged: which handlers stay, which go,
 * what those that go had not dealt with, and at which byte that may be done. Knows nothing of
 * connections, leases and the life of services.
 *
 * <pre>
 *  head ─▶ codec (stays) ─▶ [gate] ─▶ front ─▶ decoder (goes) ─▶ back ─▶ handler (goes) ─▶ tail
 *                             │          └──── DecoderWatch ──────┘
 *                             └ BoundaryGate, while a boundary is waited for
 * </pre>
 */
package slipway.server.core.pipeline;
