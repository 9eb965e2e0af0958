/** Who is in which room, and how lines reach them. */
package slipway.services.chat.room;
