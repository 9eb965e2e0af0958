/**
 * The folder {@code conf/} and Config Admin, kept the same.
 *
 * <pre>
 *  File Install ──▶ ConfInstaller ─┐                    ┌─▶ ConfFolder      reads and writes files
 *  commands ──▶ ConfigurationStore ┼─▶ Configurations ──┼─▶ Checks          may it take effect?
 *  Config Admin ──▶ WriteBack ─────┘     (one lock)     └─▶ InForce         what Config Admin holds
 * </pre>
 *
 * <p>A file is read into a {@link slipway.server.config.Reading}, which goes into force whole or is
 * refused whole. Files are edited through {@link slipway.server.config.KeyedText} and {@link
 * slipway.server.config.IniText}, which keep what a person wrote.
 */
package slipway.server.config;
