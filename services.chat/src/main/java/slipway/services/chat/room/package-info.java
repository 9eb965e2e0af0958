/**
 * The rooms that somebody is in, and how lines reach those who are in them.
 *
 * <pre>
 *  Rooms ──▶ Room ──▶ Batch    lines, encoded once with each delimiter
 *              │        │
 *              │        ▼  in the event loop of each
 *              └──────▶ Member ──┬──▶ Backlog    what waits for its connection
 *                                └──▶ LastDay    the day that it was told
 * </pre>
 */
package slipway.services.chat.room;
