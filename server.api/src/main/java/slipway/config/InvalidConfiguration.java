package slipway.config;

/** A configuration is refused. The message names the key, the value and what is allowed. */
public final class InvalidConfiguration extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception for a value.
   *
   * @param key the key
   * @param value its value; not shown if the key ends in {@code password} or {@code secret}
   * @param allowed what is allowed, as the end of "allowed is …"
   */
  public InvalidConfiguration(String key, Object value, String allowed) {
    this(key + " = " + shown(key, value) + ": allowed is " + allowed);
  }

  /**
   * Makes the exception.
   *
   * @param message what is wrong and what is allowed, one line
   */
  public InvalidConfiguration(String message) {
    super(message);
  }

  private static String shown(String key, Object value) {
    if (key.endsWith("password") || key.endsWith("secret")) {
      return "(not shown)";
    }
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
