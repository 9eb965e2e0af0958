package slipway.server.core.deploy;

/** Who is told what becomes of versions, on the deployer's thread. */
interface Fates {

  /** New connections go to it, or will once somebody asks. */
  void serves(Deployed deployed);

  /** It was taken out, and the version before serves. */
  void failed(Deployed deployed, NotDeployed reason);
}
