/**
 * The service {@code admin}: command lines for the running host, over its Unix domain socket.
 *
 * <pre>
 *  folder    SOH, the absolute path of the folder that the client is in, NUL; or nothing
 *  request   COMMAND LINE, or TEXT and a TAB, then LF, CRLF or NUL
 *  reply     text, then a last line, "Success" or "Error: MESSAGE"
 * </pre>
 *
 * <p>The reply to a request that ended with NUL ends with NUL, any other with LF; nothing else in a
 * reply is NUL. The text of the reply to a TAB is one candidate a line for the last word. Requests
 * are answered in their order, each connection in a Gogo session of its own.
 */
package slipway.services.admin;
