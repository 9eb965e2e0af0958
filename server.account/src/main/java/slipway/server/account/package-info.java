/**
 * The accounts of users, in the host's database.
 *
 * <pre>
 *  services, commands ─▶ HostAccounts ─▶ CallThread ─▶ the accounts' own thread
 *                                                        │
 *              LogInAttempt, PasswordChange              │ a user's dialogues
 *              OperatorPasswords                         │ new accounts, passwords set for a user
 *              Edits, AddressBans ─▶ Listeners           │ changes, each told once it is committed
 *              NewNames ─▶ Looks                         │ which names may be taken
 *                        │                               │
 *                        ▼                               ▼
 *                      Store ─┬─▶ AccountTable, AddressBanTable   in the database's threads
 *                             └─▶ password.Hashing                in threads that hash
 * </pre>
 *
 * <p>{@link slipway.server.account.AccessLog} tells operators, and programs such as fail2ban, of
 * attempts to log in.
 */
package slipway.server.account;
