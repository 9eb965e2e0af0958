package slipway.testkit;

/**
 * What a client has heard in one run.
 *
 * @param answers a character for each byte
 * @param open whether the connection was still open at the end
 */
record Heard(String answers, boolean open) {

  /**
   * Says in what this differs from another one: all of both, or, if they are long, the end of what
   * they have in common and what follows.
   */
  String unlike(Heard other, String between) {
    int same = same(answers, other.answers);
    return from(same) + between + other.from(same);
  }

  private String from(int same) {
    int from = answers.length() > Quoted.MOST ? Math.max(0, same - Quoted.MOST / 4) : 0;
    return (from > 0 ? "…" : "")
        + Quoted.of(answers.substring(from))
        + (open ? "" : ", and was closed");
  }

  /** How many characters two texts begin with alike. */
  private static int same(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }
}
