/**
 * From files in {@code services/} to bundles in the framework, and back.
 *
 * <pre>
 *  services/ ◀─look─ Shelf ──deploy, withdraw──▶ Deployer ──install──▶ bundle ─ ─ ▶ life
 *                    │ │ ▲                        │  ▲ │                             │
 *                    │ │ └─────serves, failed─────┘  └─┼──serves, failed, released───┘
 *                    │ │                               ├─▶ Planner    refused? what would it do?
 *      (at a start)  │ └─▶ Libraries ─▶ LibrarySwap    ├─▶ Installed  versions; which one serves
 *      FirstLook ◀───┘     SharedLibraries             └─▶ History    what became of each
 *      Restoration ─────────────────────────────────────────▲
 *
 *  operators ─▶ HostDeployAdmin ─▶ Download, Delivery, Publication ─▶ Deployer, Libraries, Shelf
 * </pre>
 *
 * <p>The story of a jar, from the folder until the version before it is gone. What a version is
 * called changes on its way; the id of its bundle is what the deployer, the framework and the life
 * of services know it by.
 *
 * <table>
 * <caption>What happens, in which thread, and what the version is there</caption>
 * <tr><th>stage</th><th>classes</th><th>thread</th><th>noun</th></tr>
 * <tr><td>a look finds the file, new or changed</td>
 *     <td>{@code Shelf}, {@code ShelfFiles}, {@code FolderLook}</td>
 *     <td>{@code slipway-deploy}</td><td>{@code FileState}</td></tr>
 * <tr><td>it is read to its end, or awaited</td>
 *     <td>{@code Arrivals}</td>
 *     <td>{@code slipway-deploy}</td><td>{@code ServiceJar}</td></tr>
 * <tr><td>it is the one of several files that is to serve</td>
 *     <td>{@code Contenders}</td>
 *     <td>{@code slipway-deploy}</td><td>{@code ServiceJar}</td></tr>
 * <tr><td>it is not refused; a copy is kept, and it is on record</td>
 *     <td>{@code Deployer}, {@code Planner}, {@code History}, {@code Copies}</td>
 *     <td>{@code slipway-deploy}</td><td>{@code Entry}: INSTALLED</td></tr>
 * <tr><td>it is installed beside the version that serves</td>
 *     <td>{@code Deployer}, {@code Installed}, {@code Locations}</td>
 *     <td>{@code slipway-deploy}</td><td>{@code Deployed}</td></tr>
 * <tr><td>the framework resolves it</td>
 *     <td>{@code life.ServiceBundles}</td>
 *     <td>{@code slipway-deploy}</td><td>{@code life.Provider}</td></tr>
 * <tr><td>it is a candidate, starts, and takes over</td>
 *     <td>{@code life.ServiceControl}, {@code life.ServiceEntry}</td>
 *     <td>the control thread; a thread for the start</td><td>{@code life.Version}</td></tr>
 * <tr><td>open connections move to it</td>
 *     <td>{@code life.HandOver}, {@code connection}</td>
 *     <td>each event loop</td><td>{@code life.ActiveVersion}</td></tr>
 * <tr><td>it serves; the one before is replaced</td>
 *     <td>{@code Deployer}, {@code Contenders}, {@code History}</td>
 *     <td>{@code slipway-deploy}</td><td>{@code Entry}: SERVES, REPLACED</td></tr>
 * <tr><td>the one before drains and stops; the new one is proven</td>
 *     <td>{@code life.ServiceEntry}</td>
 *     <td>the control thread</td><td>{@code life.Version}</td></tr>
 * <tr><td>the one before is released, and uninstalled</td>
 *     <td>{@code Deployer}, {@code Wiring}</td>
 *     <td>{@code slipway-deploy}</td><td>{@code Deployed}, for the last time</td></tr>
 * <tr><td>its classes go</td>
 *     <td>{@link slipway.server.core.unload}</td>
 *     <td>the framework's, each event loop</td><td>a class loader</td></tr>
 * </table>
 *
 * <p>A version that fails before it is proven goes the other way: the life of services tells {@code
 * Deployer} that it has failed, the record has FAILED and why, its file is refused ({@code
 * Refusals}), and the version before serves on. What an operator installs takes the same way, and
 * its file gets its name ({@code Publication}) when the version serves.
 *
 * <p>{@link slipway.server.core.deploy.ServiceFolder} puts the parts together and owns the thread;
 * {@link slipway.server.core.deploy.HostDeployAdmin} is what operators call, in their own threads.
 * Nothing here decides which version serves: the life of services does.
 */
package slipway.server.core.deploy;
