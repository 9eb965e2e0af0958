/**
 * The life of services: which bundle provides which name, when it is started and stopped, and who
 * uses it.
 *
 * <p>{@link slipway.server.core.life.ServiceControl} owns every change, on one thread. Connections
 * read an immutable table and take leases without a lock.
 *
 * <pre>
 *  conf/ ────────▶ ServiceConfiguration ─┐
 *  operators ────▶ HostServiceAdmin ───────────┤
 *  the framework ▶ ServiceBundles ───────┼──▶ ServiceControl ──▶ ServiceEntry ──▶ Version ──▶ Provider
 *  the deployer ─────────────────────────┤       │               one a name       its bundle's life
 *  connections ──▶ Leases ───────────────┘       └──▶ Admissions: the table that connections read
 * </pre>
 *
 * <p>A version has many sides, and each has a class of its own:
 *
 * <pre>
 *  a version is …     stands for it                        from                   until
 *  content            deploy.ServiceJar                    it lies in services/   the file changes
 *  installed          deploy.Deployed                      the framework has it   it is uninstalled
 *  recorded           deploy.Entry, with an Outcome        it was deployed        for good
 *  a bundle           Provider, which is a ServiceBundle   it is tracked          it is uninstalled
 *  its life           Version, with a Standing, a Proof,   ServiceControl knows   its bundle is gone
 *                     and a Failure                        the bundle
 *  active             ActiveVersion, with a Drain          it has registered its  it has stopped
 *                                                          service
 *  for one user       ServiceLease                         the user came          the user left
 * </pre>
 *
 * <p>The deployer and this package name a version to each other by the number of its bundle.
 */
package slipway.server.core.life;
