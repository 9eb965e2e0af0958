package slipway.admin;

import java.time.Instant;
import slipway.service.Audience;

/**
 * A connection as it is at one moment.
 *
 * @param id its number
 * @param service its service; empty while it is being dispatched
 * @param address IP address of the client; {@code unix} for a client on a Unix domain socket
 * @param port port of the client; 0 for a client on a Unix domain socket
 * @param since when it was accepted
 * @param acceptor name of the acceptor that accepted it
 * @param version version of its service's bundle; empty while it is being dispatched
 * @param bytesIn bytes received from the client
 * @param bytesOut bytes handed to the network for the client
 * @param audience for whom its acceptor is
 */
public record ConnectionStatus(
    long id,
    String service,
    String address,
    int port,
    Instant since,
    String acceptor,
    String version,
    long bytesIn,
    long bytesOut,
    Audience audience) {}
