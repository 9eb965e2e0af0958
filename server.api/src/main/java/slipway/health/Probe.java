package slipway.health;

/** What a supervisor asks. The names are those that Kubernetes has made usual. */
public enum Probe {
  /** Whether the start is over. Until then the others are not to be asked. */
  STARTUP("startup"),
  /** Whether new clients may be sent here. If not, those that are connected stay. */
  READINESS("readiness"),
  /** Whether the process makes progress. If not, only a restart helps. */
  LIVENESS("liveness");

  private final String word;

  Probe(String word) {
    this.word = word;
  }

  /** As people and programs write it, in lower case. */
  public String word() {
    return word;
  }
}
