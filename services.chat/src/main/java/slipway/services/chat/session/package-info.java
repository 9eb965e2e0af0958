/**
 * One user's connection: logging in, commands and messages.
 *
 * <pre>
 *  pipeline ──▶ SessionHandler ──▶ Session ──┬──▶ Stay        how far it is
 *                                  ▲         ├──▶ line.LineQueue, line.Screen
 *     others' lines ──▶ Terminal ──┘         └──▶ Phase: what a line means
 *                                                   │
 *             ┌────────────── logs in ──────────────┤
 *          Entrance                               Talk ──▶ Command    a word, and what it does
 *                                                   │         │
 *    another version ──▶ Resumption ──▶ ────────────┘         ▼
 *                           Passport      Speech, RoomTalk, HistoryTalk, Oneself, PasswordDialogue, Moderation
 *                                                             └──▶ Participant, Attendance
 * </pre>
 */
package slipway.services.chat.session;
