/**
 * The host's database, as bundles see it and as one product has it.
 *
 * <pre>
 *  DataConfiguration ─▶ HostDatabase     which configuration is in force
 *                           │ a Link for each configuration
 *  bundle ─▶ HostSchema ─▶ Tables ─▶ Link ─▶ workers ─▶ Stretch      work, in one transaction
 *                             ▲                            ▲         pool, Durability
 *                             │ made by the Migration      │ begins, ends
 *                             └──────────── Keeper ────────┘
 *                                             │ Outage: what is logged, when it is tried again
 *                             Source ─▶ Connector ◀── Product ◀── DataUrl
 *                                                     H2 or MariaDb: everything in which they differ
 * </pre>
 *
 * <p>{@link slipway.server.data.Failures} tells what a failure says of the database, {@link
 * slipway.server.data.Refusals} logs what a database that is there does not do.
 */
package slipway.server.data;
