/**
 * The users who are on in this version of the chat.
 *
 * <pre>
 *  Users ──┬──▶ User ──┬──▶ Device             one connection each, which a session implements
 *          │           └──▶ Pace               how fast all of them write together
 *          ├──▶ Names                          who is known by which name
 *          └──▶ PasswordChanges                who has to log in again
 *  Entry: what became of a device that wants to come in
 * </pre>
 */
package slipway.services.chat.user;
