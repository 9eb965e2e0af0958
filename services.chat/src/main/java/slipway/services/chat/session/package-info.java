/** One user's connection: logging in, commands and messages. */
package slipway.services.chat.session;
