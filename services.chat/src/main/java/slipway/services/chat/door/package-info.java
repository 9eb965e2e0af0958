/**
 * Limits per address and per name: on connections, log-ins and tries.
 *
 * <pre>
 *  Doors ── connections of an address, homes of users
 *    ├──▶ Tries     wrong passwords: of an address, of a name; refusals
 *    ├──▶ LogIns    log-ins of an address, paced
 *    │      └──▶ memory.Remembered   so many keys, the oldest are forgotten
 *    └─── Try       one password that is compared, until it is said how that ended
 *  Strangers ── clients of other protocols, in few lines of the log
 * </pre>
 */
package slipway.services.chat.door;
