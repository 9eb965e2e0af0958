/** What is kept in mind of users and addresses, within limits. */
package slipway.services.chat.memory;
