/**
 * What the time of services goes to: named sections of their work, timed by threads; and the
 * command {@code profile}, which also has what JFR, the recorder of the JVM, tells of them.
 *
 * <pre>
 *  a service's thread ─▸ HostSection ─▸ the Meter of {@link Switch}, if it is on
 *                                          ├▸ Term ─▸ ThreadTable ─▸ Row of that thread alone
 *                                          └▸ SectionEvent, for recordings that want it
 *  ProfileCommand ─▸ ProfileVerbs ─▸ Switch: sections, save
 *                          ├▸ top     samples by version, while somebody looks
 *                          └▸ record  flame graphs, and the recording of the last minutes
 *                               └▸ jfr   which version the code of a recorded stack is of
 * </pre>
 *
 * <p>A thread writes its own rows, without a lock; any thread reads them. Nothing here holds an
 * object of a service's classes, so that a version that is gone leaves its figures and nothing
 * else.
 */
package slipway.server.profile;
