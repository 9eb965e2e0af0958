/**
 * Passwords: what one may be, how it is hashed, and how one that is given is compared. It knows no
 * table, and of accounts only their names.
 *
 * <pre>
 *  given bytes ─▶ Secret ─OpaqueString─▶ the form that is hashed
 *                   │
 *                   ├─▶ PasswordRules   may it become a password?
 *                   ├─▶ Comparison      is it the one that a PasswordHash is of?
 *                   └─▶ PasswordHash    a new hash, at a HashCost
 *
 *  work with Argon2 ─▶ Hashing ─FairQueue─▶ threads of its own
 * </pre>
 */
package slipway.server.account.password;
