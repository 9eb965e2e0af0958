/**
 * Delimited messages, for services that take one message at a time.
 *
 * <p>{@link slipway.message.MessageCodec} cuts what arrives into messages, {@link
 * slipway.message.RequestReplyHandler} answers each with one, and {@link
 * slipway.message.UntilEmptyMessage} ends a connection at an empty one.
 */
@Export
@Version("1.0.0")
package slipway.message;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
