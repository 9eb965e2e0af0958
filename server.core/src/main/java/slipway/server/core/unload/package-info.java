/**
 * What is left of a version that is gone, and what holds it.
 *
 * <pre>
 *  deploy ─watch─▶ Unloads ─▶ Gone: its class loader, held weakly, and the bundles it used
 *    │ uninstalls     │
 *    │ refreshes      │ refreshed: what we know of is let go at once
 *    └──────────────▶ ├─▶ LeftTasks       tasks on event loops, each loop in its own thread
 *                     ├─▶ type matchers   Netty's, each loop in its own thread
 *                     └─▶ LoadingThreads  ended threads that the framework has noted
 *
 *  an operator asks (leaks): waits for refreshes, collects garbage; loaders that are there still
 *                     │
 *                     ▼
 *                  Holders ─▶ connections    that have handlers of it (asked of the host)
 *                     ├─▶ threads        by class, context class loader, handler of exceptions
 *                     ├─▶ RunningCode    threads with its code on their stacks (LoadedClasses)
 *                     ├─▶ Registries     MBeans, log handlers, security providers, defaults
 *                     ├─▶ Internals      of the JDK, if options of the virtual machine open them
 *                     └─▶ Statics        of libraries that it used, thread locals of Netty
 *                            └ Reach: which objects lead to a loader, in a few steps
 *                     │
 *                     ▼
 *                  Holder: a text for operators, and its kind ─▶ Growth: does it grow? ─▶ Leak
 * </pre>
 *
 * <table>
 * <caption>From a version to a leak: the stages, their threads, and what the version is there</caption>
 * <tr><th>stage</th><th>thread</th><th>noun</th></tr>
 * <tr><td>a version is about to be uninstalled</td><td>{@code slipway-deploy}</td>
 *     <td>{@code Gone}</td></tr>
 * <tr><td>the framework has refreshed it</td><td>the framework's, then each event loop</td>
 *     <td>class loader</td></tr>
 * <tr><td>the search</td><td>that of the operator's command</td><td>{@code Holder}</td></tr>
 * <tr><td>the answer</td><td>the same</td>
 *     <td>{@link slipway.admin.DeployAdmin.Leak}</td></tr>
 * </table>
 *
 * <p>Nothing here keeps a class loader beyond one search, and nothing is searched before it is
 * asked for. {@link slipway.server.core.unload.Unloads} is all that others see. It knows nothing of
 * files and deploys, and does not decide what goes.
 */
package slipway.server.core.unload;
