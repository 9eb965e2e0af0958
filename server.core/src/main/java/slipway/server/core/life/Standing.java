package slipway.server.core.life;

/**
 * Whether a version may serve. There is no way back.
 *
 * <pre>
 *  AVAILABLE ──withdraw──▶ WITHDRAWN ──release──▶ RELEASED
 *      └───────────────────release──────────────────▲
 * </pre>
 */
enum Standing {
  /** It may serve, now or when another one fails. */
  AVAILABLE,

  /** Its bundle is to go. Its users may stay until they have left or moved. */
  WITHDRAWN,

  /** It has stopped, and the deployer was told that its bundle can go. */
  RELEASED
}
