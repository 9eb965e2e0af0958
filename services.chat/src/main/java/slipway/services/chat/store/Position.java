package slipway.services.chat.store;

import slipway.data.DatabaseId;

/**
 * How far messages have been handed on.
 *
 * @param place in which database
 * @param last the number of the last message
 * @param message that message; null if it is not there
 */
record Position(DatabaseId place, long last, Message message) {}
