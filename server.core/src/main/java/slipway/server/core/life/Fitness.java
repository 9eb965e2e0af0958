package slipway.server.core.life;

/** What is to be expected of a version, after what has become of it. */
enum Fitness {
  /** Nothing is known against it. */
  FIT,

  /** It did not stop, or not in time. Operators are told; another version would be no better. */
  STUCK,

  /**
   * It could not be resolved or started, or could not serve its first connection: another version
   * is to serve.
   */
  UNFIT
}
