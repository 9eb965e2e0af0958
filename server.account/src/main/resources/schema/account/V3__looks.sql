-- What users' names look like, in the forms of Unicode Technical Standard 39, so that nobody gets a
-- name that looks like another's. made_by: the tables and rules by which a form was made. The rows
-- are written by the host, also for the users that were there before.
CREATE TABLE IF NOT EXISTS account_look (
  look VARBINARY(700) NOT NULL PRIMARY KEY,
  account BIGINT NOT NULL,
  made_by VARCHAR(32) NOT NULL,
  INDEX account_look_account (account),
  CONSTRAINT account_look_user FOREIGN KEY (account) REFERENCES account_user (id) ON DELETE CASCADE
);
