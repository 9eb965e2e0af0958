/**
 * What a peer has sent and its service has not taken yet. An inbox is bounded: it stops reading
 * when it is full and has the peer read again when there is room, so no service does that by
 * itself.
 *
 * <pre>
 *   event loop ─▸ Inbox ───────▸ Taker            in the event loop, too: no lock
 *   event loop ─▸ SharedInbox ─▸ another thread   it waits for an item, or takes many at once
 *                     │
 *                     └─▸ Reading                 stops at a high mark, begins again at a low one
 * </pre>
 *
 * <p>There are two, because an item that stays in its event loop passes no lock. When the marks are
 * reached is written once for both. The chat's queue of lines is not one of them: it decides after
 * each line, by what has become of that and of the output, and gets lines back to be taken again.
 */
@Export
@Version("1.0.0")
package slipway.inbox;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
