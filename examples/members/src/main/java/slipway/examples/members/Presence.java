package slipway.examples.members;

/**
 * A member who is here.
 *
 * @param member the account's number
 * @param connections how many connections this member has
 */
record Presence(long member, int connections) {}
