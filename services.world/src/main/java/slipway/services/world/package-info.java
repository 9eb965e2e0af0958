/**
 * A small game: players log in, walk about in zones, see those near them, and talk to them.
 *
 * <pre>
 *  GameService ─▸ LoginWorld "login" ──Ticket──▸ ZoneWorld "zone.meadow" ──Ticket──▸ ZoneWorld …
 *                    │  ▲                            │ Player, on a Grid of Cells
 *                    │  └── who has left ◂───────────┤
 *     async work:    ▼                               ▼
 *                 Passwords ─▸ Accounts           Places ─▸ Database
 *                    │
 *                    └─▸ Presence ◂── GameService ◂── Accounts: who is banned is out at once
 * </pre>
 *
 * <p>A world knows nothing of the others except what it is told: a player comes with a ticket, and
 * a zone tells the login world who has left. All that a world knows it saves, so another version
 * goes on from there.
 */
package slipway.services.world;
