/**
 * The desk at which all commands are called. It knows none of them by name.
 *
 * <pre>
 *  manifests ──▶ BundleDesk = Catalog ──▶ GogoFunction ──▶ DeskCommand.take ──▶ Command
 *  (Provision,       │        │                              lease, Interruption    │ grammar
 *   Offers)          │        └──▶ HelpCommand, OtherCommands                       ▼
 *                    ▼                                          CommandLines (parse, run, Refusal)
 *            ArgumentCompletion ──▶ Candidates                           │ DeskCall
 *                                                                        ▼
 *                                                               TextTable, JsonRows
 * </pre>
 */
package slipway.shell.commands.desk;
