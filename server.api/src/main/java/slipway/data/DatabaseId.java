package slipway.data;

/**
 * Tells one database from another, while the host runs. It is equal as long as the host uses the
 * same database, whether that goes away and comes back or not. Another one comes with another
 * configuration of where the database is, or when its file is replaced.
 *
 * <p>A database whose content an operator replaces in place, for example a server's from a backup,
 * stays the same: a bundle that remembers something of the content compares that, too.
 *
 * @param text opaque; no secret
 */
public record DatabaseId(String text) {}
