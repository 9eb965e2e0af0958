-- Text that people choose is UTF-8 in binary columns: it is compared byte by byte and keeps every
-- script, whatever character set and collation the database has. Times are milliseconds of UTC.
-- MariaDB commits each statement: all of them bear being run again.

-- The number of the last message. Whoever stores messages locks this row, so that they become
-- visible in the order of their numbers.
CREATE TABLE IF NOT EXISTS chat_sequence (
  id INT NOT NULL PRIMARY KEY,
  last_message BIGINT NOT NULL
);
INSERT INTO chat_sequence (id, last_message)
  SELECT 1, 0 FROM DUAL WHERE NOT EXISTS (SELECT id FROM chat_sequence);

-- kind: SAID (name: text), DID (** name text), TOLD (* text, by an operator's console)
CREATE TABLE IF NOT EXISTS chat_message (
  id BIGINT NOT NULL PRIMARY KEY,
  room VARBINARY(128) NOT NULL,
  sent BIGINT NOT NULL,
  account BIGINT NOT NULL,
  name VARBINARY(128) NOT NULL,
  kind VARCHAR(8) NOT NULL,
  content VARBINARY(16384) NOT NULL,
  INDEX chat_message_room (room, id),
  INDEX chat_message_sent (sent, id)
);

CREATE TABLE IF NOT EXISTS chat_topic (
  room VARBINARY(128) NOT NULL PRIMARY KEY,
  topic VARBINARY(2048) NOT NULL,
  set_by VARBINARY(128) NOT NULL,
  set_at BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS chat_mute (
  account BIGINT NOT NULL PRIMARY KEY,
  until BIGINT NOT NULL,
  reason VARBINARY(800) NOT NULL,
  muted_by VARBINARY(128) NOT NULL
);

-- What operators did: KICK, MUTE, UNMUTE, BAN, UNBAN
CREATE TABLE IF NOT EXISTS chat_audit (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  done_at BIGINT NOT NULL,
  operator VARBINARY(128) NOT NULL,
  what VARCHAR(16) NOT NULL,
  target VARBINARY(128) NOT NULL,
  detail VARBINARY(1024) NOT NULL
);
