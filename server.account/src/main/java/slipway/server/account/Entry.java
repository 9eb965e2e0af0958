package slipway.server.account;

import java.security.SecureRandom;
import java.time.Clock;

/** What all attempts to log in share. */
record Entry(
    Store store,
    NewNames names,
    CostsInUse costs,
    Registrations registrations,
    AccessLog log,
    Clock clock,
    SecureRandom random) {}
