/**
 * Worlds: state that one thread at a time owns, and that goes on by itself in frames of a fixed
 * rate, as the games of a school of Korean servers do.
 *
 * <pre>
 *                     ┌ join, packet, timeout, message, answer, update, leave ─▸ World
 *  WorldService ─▸ Worlds: the host's loops, sessions and schedules              the version's
 *  the version's      └ sends at the end of each frame ◂── WorldSession, WorldContext
 * </pre>
 *
 * <p>The loops, the sessions, their inboxes and what they are sent are the host's; a version of the
 * service owns its {@link slipway.world.World} objects and nothing else. So another version takes
 * over between two frames, by {@link slipway.world.World#save} and {@link
 * slipway.world.WorldService#load}, with all sessions in place.
 */
@Export
@Version("1.0.0")
package slipway.world;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
