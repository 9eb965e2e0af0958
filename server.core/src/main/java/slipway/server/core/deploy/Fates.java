package slipway.server.core.deploy;

/** Who is told what becomes of versions, on the deployer's thread. */
interface Fates {

  /** Whether the host runs: what is deployed now was not there when it began. */
  boolean isRunning();

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

  /** It has failed, and stays as there is nothing else: who asks for it makes it be tried again. */
  void stays(Deployed deployed);

  /** It was taken out, and the version before serves. */
  void failed(Deployed deployed, NotDeployed reason);
}
