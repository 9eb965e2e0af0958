package slipway.bots.report;

/**
 * Something that must not happen, and how often it has.
 *
 * @param key for scripts
 * @param title for people
 * @param count how often it has happened; must be zero
 */
public record Check(String key, String title, long count) {}
