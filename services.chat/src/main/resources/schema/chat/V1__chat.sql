-- Text that people choose is UTF-8 in binary columns: it is compared byte by byte and keeps every
-- script, whatever character set and collation the database has. Times are milliseconds of UTC.

-- The number of the last message. Whoever stores messages locks this row, so that they become
-- visible in the order of their numbers.
CREATE TABLE chat_sequence (
  id INT NOT NULL PRIMARY KEY,
  last_message BIGINT NOT NULL
);
INSERT INTO chat_sequence (id, last_message) VALUES (1, 0);

-- kind: SAID (name: text), DID (* name text), TOLD (* text, by an operator's console)
CREATE TABLE chat_message (
  id BIGINT NOT NULL PRIMARY KEY,
  room VARBINARY(128) NOT NULL,
  sent BIGINT NOT NULL,
  account BIGINT NOT NULL,
  name VARBINARY(128) NOT NULL,
  kind VARCHAR(8) NOT NULL,
  content VARBINARY(16384) NOT NULL
);
CREATE INDEX chat_message_room ON chat_message (room, id);
CREATE INDEX chat_message_sent ON chat_message (sent, id);

CREATE TABLE chat_topic (
  room VARBINARY(128) NOT NULL PRIMARY KEY,
  topic VARBINARY(2048) NOT NULL,
  set_by VARBINARY(128) NOT NULL,
  set_at BIGINT NOT NULL
);

CREATE TABLE chat_mute (
  account BIGINT NOT NULL PRIMARY KEY,
  until BIGINT NOT NULL,
  reason VARBINARY(800) NOT NULL,
  muted_by VARBINARY(128) NOT NULL
);

-- What operators did: KICK, MUTE, UNMUTE, BAN, UNBAN
CREATE TABLE chat_audit (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  done_at BIGINT NOT NULL,
  operator VARBINARY(128) NOT NULL,
  what VARCHAR(16) NOT NULL,
  target VARBINARY(128) NOT NULL,
  detail VARBINARY(1024) NOT NULL
);
