-- What is not sealed yet is looked for every few seconds.
CREATE INDEX mailed_unsealed ON mailed (mailing) WHERE state IS NULL;
