-- Networks that are kept out, with their first and last address as 16 bytes: those of IPv4 are
-- mapped into IPv6, so that addresses are compared byte by byte.
CREATE TABLE IF NOT EXISTS account_address_ban (
  network VARCHAR(64) NOT NULL PRIMARY KEY,
  first_address VARBINARY(16) NOT NULL,
  last_address VARBINARY(16) NOT NULL,
  ban_until BIGINT NOT NULL,
  ban_reason VARBINARY(800) NOT NULL,
  ban_by VARBINARY(256) NOT NULL
);

-- The network from which a user last logged in.
CREATE TABLE IF NOT EXISTS account_last (
  account BIGINT NOT NULL PRIMARY KEY,
  network VARCHAR(64) NOT NULL
);
