-- What an SMS says of how they are, as JSON: it is sealed to the ministry, and the word that it was written of may change.
ALTER TABLE sent ADD COLUMN said TEXT;
