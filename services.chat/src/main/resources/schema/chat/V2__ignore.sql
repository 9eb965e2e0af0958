-- Whom a user does not hear. The name is what the user has typed.
CREATE TABLE IF NOT EXISTS chat_ignore (
  account BIGINT NOT NULL,
  ignored BIGINT NOT NULL,
  name VARBINARY(128) NOT NULL,
  PRIMARY KEY (account, ignored)
);
