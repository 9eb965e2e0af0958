package slipway.server.core.deploy;

/** Who is told what becomes of versions, on the deployer's thread. */
interface Fates {

  /** New connections go to it, or will once somebody asks. */
  void serves(Deployed deployed);

  /**
   * It has failed before it has served anybody, and there is no version before it.
   *
   * @return whether another file takes its place; then it is taken out
   */
  boolean follow(Deployed deployed, NotDeployed reason);

  /** A newer version was deployed before it was known whether it serves, and serves. */
  void overtaken(Deployed deployed);

  /** It was taken out, and the version before serves. */
  void failed(Deployed deployed, NotDeployed reason);
}
