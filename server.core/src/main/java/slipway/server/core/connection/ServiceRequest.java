package slipway.server.core.connection;

import slipway.service.Delimiter;

/**
 * A client's first message: the name of a service, ended by NUL, LF, CRLF or, as telnet sends it,
 * CR NUL.
 *
 * @param name what the client wrote
 * @param delimiter how it ended; CRLF for CR NUL, too
 */
record ServiceRequest(String name, Delimiter delimiter) {}
