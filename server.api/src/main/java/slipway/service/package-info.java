/**
 * What a service implements.
 *
 * <p>A service bundle registers a {@link slipway.service.Service} named with {@link
 * slipway.service.ServiceName}; the host calls {@link slipway.service.Service#attach} for each
 * connection that asks for that name. Authors who do not know Netty extend {@link
 * slipway.stream.StreamService}.
 */
@Export
@Version("2.1.0")
package slipway.service;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
