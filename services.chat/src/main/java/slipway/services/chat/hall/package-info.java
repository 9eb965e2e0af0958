/**
 * Which user is where, in all versions of the chat that have users.
 *
 * <pre>
 *  sessions ──▶ Hall ──┬──▶ user.Users, room.Rooms      those of this version
 *                │     └──▶ PeerProtocol ──▶ Peers ──▶ other versions
 *                │             ▲    └──▶ ThisVersion      what they ask, answered here
 *                │             └──────── other versions
 *                └──▶ Announcements ──▶ Comings           who comes and goes, and how often that is told
 *
 *  RollCall ──▶ user.Users    who may not be in a database that holds something else
 *  RoomNames ──▶ Hall         which names new rooms get
 * </pre>
 */
package slipway.services.chat.hall;
