package slipway.services.chat.session;

import java.time.InstantSource;
import java.util.function.Supplier;
import slipway.account.Accounts;
import slipway.services.chat.door.Doors;
import slipway.services.chat.door.Strangers;
import slipway.services.chat.hall.Hall;
import slipway.services.chat.hall.RoomNames;
import slipway.services.chat.store.Archive;
import slipway.services.chat.store.Journal;

/**
 * What all sessions of a version share.
 *
 * @param settings as they are configured now
 * @param doors who may come from where
 * @param strangers clients that speak another protocol
 * @param roomNames which names new rooms get
 */
public record Chat(
    Supplier<ChatSettings> settings,
    Accounts accounts,
    Hall hall,
    Journal journal,
    Archive archive,
    Doors doors,
    Strangers strangers,
    RoomNames roomNames,
    InstantSource clock) {}
