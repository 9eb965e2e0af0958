/** The chat: users with accounts, rooms with history. */
package slipway.services.chat;
