/**
 * What the time of services goes to: named sections of their work, timed by threads.
 *
 * <pre>
 *  a service's thread ─▸ {@link HostSection} ─▸ {@link ThreadTable} ─▸ {@link Row} of that thread alone
 *                                                     │
 *  {@link ProfileVerbs} ◂── {@link Book}: rows of all threads ◂┘
 * </pre>
 *
 * <p>A thread writes its own rows, without a lock; any thread reads them. Nothing here holds an
 * object of a service's classes, so that a version that is gone leaves its figures and nothing else.
 */
package slipway.server.profile;
