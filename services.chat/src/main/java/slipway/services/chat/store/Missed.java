package slipway.services.chat.store;

import java.util.List;
import slipway.data.DatabaseId;

/**
 * What was said in a room behind a number.
 *
 * @param place in which database
 * @param last the number of the last message in it
 * @param leftOut how many older ones there are than those
 * @param messages the last of them, in their order
 */
public record Missed(DatabaseId place, long last, long leftOut, List<Message> messages) {}
