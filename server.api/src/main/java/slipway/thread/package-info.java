/**
 * Threads that own state: {@link slipway.thread.ControlThread} makes one, {@link
 * slipway.thread.Conditions} waits for what it owns, and {@link slipway.thread.OwnThread} is how
 * the host knows the thread of a handler that has one.
 */
@Export
@Version("1.0.0")
package slipway.thread;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
