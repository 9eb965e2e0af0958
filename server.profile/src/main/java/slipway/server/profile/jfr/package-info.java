/**
 * What recordings of the JVM know of versions.
 *
 * <pre>
 *  bundles ─▸ VersionLoaders ─▸ VersionEvents ─▸ an event for each version, in each recording
 *                                                                     │
 *                     Attribution: a stack's innermost class loader ◂─┘  ─▸ Owner
 * </pre>
 */
package slipway.server.profile.jfr;
