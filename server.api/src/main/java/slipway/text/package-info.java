/**
 * Text as people read it: what a user typed, without what commands a terminal or hides; and times.
 *
 * <pre>
 *  typed ──▶ VisibleText ──▶ TextWriter ──┬── EscapeSequences   where one ends (ECMA-48)
 *                 │               │       └── Glyph             what a code point does (Unicode)
 *              Unknown            ▼
 *                            what is shown, and stays the same when it is read again
 * </pre>
 */
@Export
@Version("1.0.0")
package slipway.text;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
