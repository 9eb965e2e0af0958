package slipway.command;

/** How rows are shown. */
public enum Form {
  /** For a person: a heading, and columns that are aligned. */
  TABLE,
  /** For a program: one JSON array, one object per line. */
  JSON,
  /** For a program, of what has no end: one JSON object a line. */
  JSON_LINES;

  /** What the option {@code --json} asks for. */
  public static Form json(boolean asked) {
    return asked ? JSON : TABLE;
  }
}
