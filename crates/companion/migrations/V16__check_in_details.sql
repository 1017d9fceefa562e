-- What is sealed with a word: needs, intent, words, place. Closed.
ALTER TABLE check_in ADD COLUMN private BLOB;
