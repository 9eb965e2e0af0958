/**
 * From files in {@code services/} to bundles in the framework.
 *
 * <pre>
 *  services/ ◀─look─ Shelf ──deploy, withdraw──▶ Deployer ──install──▶ bundle ─ ─ ▶ life
 *                      │ ▲                         │  ▲                              │
 *       Restoration ◀──┘ └────serves, failed───────┘  └──serves, failed, released────┘
 *       (at a start)                            History
 * </pre>
 *
 * <p>{@link slipway.server.core.deploy.Shelf} knows the files and what has become of each; {@code
 * Deployer} knows the bundles that were made of them, and the record; {@code Libraries} what they
 * share. {@code ServiceFolder} puts them together on one thread, and {@code HostDeployAdmin} is
 * what operators call.
 */
package slipway.server.core.deploy;
