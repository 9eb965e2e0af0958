-- who wrote it
ALTER TABLE notes_note ADD COLUMN author VARCHAR(40) NOT NULL DEFAULT '';
CREATE INDEX notes_by_author ON notes_note (author);
