-- A form that was begun and neither kept nor thrown away, as its screen holds it.
CREATE TABLE form (
    name TEXT PRIMARY KEY NOT NULL,
    content TEXT NOT NULL
) STRICT;
