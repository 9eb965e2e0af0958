/**
 * The folder {@code conf/} and Config Admin, kept the same.
 *
 * <pre>
 *  ConfWatcher ───────────────────┐          ┌─▶ ConfFiles            a file goes into force, or not
 *  commands ─▶ ConfigurationStore ┼─▶ Store ─┼─▶ Configurations       edits go into files
 *  Config Admin ─▶ WriteBack ─────┘ one lock └─▶ ConfigAdminFollower  edits that the Journal noted
 *                                                  │
 *                                                  ├─▶ ConfFolder         the disk
 *                                                  └─▶ ConfigAdminMirror  Config Admin
 *
 *  ConfFiles ─┬─▶ FileReader    waits until a file is whole
 *             ├─▶ FileStates    each file as it was found last, and why it is refused
 *             ├─▶ FileWarnings  what is odd and not refused
 *             └─▶ Fallback      what was good before, in the place of what is refused
 * </pre>
 *
 * <p>A file is read into a {@link slipway.server.config.Reading}, which goes into force whole or is
 * refused whole. Files are edited through {@link slipway.server.config.text.KeyedText} and {@link
 * slipway.server.config.text.IniText}, which keep what a person wrote.
 */
package slipway.server.config;
