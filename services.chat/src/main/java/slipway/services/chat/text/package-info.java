/** What comes in from terminals and programs, and what may go out to them. */
package slipway.services.chat.text;
