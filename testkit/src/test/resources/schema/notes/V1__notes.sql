-- Notes; a comment may have a semicolon;
CREATE TABLE notes_note (
  id   BIGINT NOT NULL PRIMARY KEY,
  text VARCHAR(100) NOT NULL
);
INSERT INTO notes_note (id, text) VALUES (1, 'a; b');
