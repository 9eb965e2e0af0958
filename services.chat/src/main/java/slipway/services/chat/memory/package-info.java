/**
 * What is remembered of users and addresses, within limits: {@code Remembered} is a map that
 * forgets its oldest entries.
 */
package slipway.services.chat.memory;
