package slipway.services.chat.store;

import java.util.Set;
import slipway.data.DatabaseId;

/**
 * Names of rooms of which something is kept, in the form by which they are compared.
 *
 * @param place in which database
 * @param last the number of the last message in it
 * @param asked whether the room that was asked for is one of them
 * @param keys those of messages behind a number, or all if the database is another; and all that
 *     have a topic
 * @param all whether the database is another
 */
public record KeptRooms(
    DatabaseId place, long last, boolean asked, Set<String> keys, boolean all) {}
