package slipway.server.core.unload;

/**
 * What was found to hold a version that is gone.
 *
 * @param text what it is, for an operator
 * @param kind what that means
 */
record Holder(String text, Kind kind) {

  enum Kind {
    /** It holds that version. */
    HOLDS,

    /** A library's static memory holds it, which may be of one version only. */
    STATIC,

    /**
     * It may hold it or not: perhaps another version's thread, or a place that could not be
     * inspected.
     */
    UNKNOWN
  }

  static Holder of(String text) {
    return new Holder(text, Kind.HOLDS);
  }

  static Holder unknown(String text) {
    return new Holder(text, Kind.UNKNOWN);
  }

  boolean is(Kind asked) {
    return kind == asked;
  }
}
