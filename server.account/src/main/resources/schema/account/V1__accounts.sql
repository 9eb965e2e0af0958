-- Text that people choose is UTF-8 in binary columns: it is compared byte by byte and keeps every
-- script, whatever character set and collation the database has. Times are milliseconds of UTC.
CREATE TABLE IF NOT EXISTS account_user (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name_key VARBINARY(128) NOT NULL,
  name VARBINARY(128) NOT NULL,
  role VARCHAR(16) NOT NULL,
  password VARCHAR(255) NOT NULL,
  created BIGINT NOT NULL,
  seen BIGINT,
  ban_until BIGINT,
  ban_reason VARBINARY(800),
  ban_by VARBINARY(256),
  CONSTRAINT account_user_name UNIQUE (name_key)
);
