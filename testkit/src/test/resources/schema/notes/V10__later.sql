UPDATE notes_note SET author = 'ann';
