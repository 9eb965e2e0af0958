/**
 * One user's connection: logging in, commands and messages.
 *
 * <pre>
 *  pipeline ──▶ SessionHandler ──▶ Session ──┬──▶ Progress, Stay      how far it is
 *                                     ▲      ├──▶ LineQueue, Screen   of the package line
 *        others' lines ──▶ Terminal ──┘      ├──▶ HandOff ──▶ another version
 *                                            └──▶ Phase: what a line means
 *
 *  Phase ──┬── Entrance    logging in, which ends with a Talk
 *          └── Talk ──▶ Command ──▶ Speech, RoomTalk, HistoryTalk, Oneself, PasswordDialogue, Moderation
 *               ▲                      └──▶ Participant, Attendance
 *               └── Resumption ◀── Passport ◀── another version
 * </pre>
 */
package slipway.services.chat.session;
