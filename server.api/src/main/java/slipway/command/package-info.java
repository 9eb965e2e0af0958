/**
 * How a bundle brings a command.
 *
 * <pre>
 *  bundle ──@CommandName──▶ manifest ──────────▶ the desk (shell.commands): help, parsing,
 *     │                                          completion, refusals, forms of tables
 *     └──Command──grammar(Call)──▶ an object for one call, annotated for picocli
 *                          │
 *                          └── Caller, the folder, in, out, show(Table, rows)
 * </pre>
 *
 * <p>The desk knows no command by name. A surface such as the admin socket tells it the caller, by
 * {@link slipway.command.Caller}, and asks its {@link slipway.command.Completion}.
 */
@Export
@Version("1.0.0")
package slipway.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
