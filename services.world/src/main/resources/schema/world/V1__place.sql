-- Where a player was when it left last.
CREATE TABLE IF NOT EXISTS world_place (
  account BIGINT NOT NULL PRIMARY KEY,
  zone VARCHAR(32) NOT NULL,
  x INT NOT NULL,
  y INT NOT NULL
);
