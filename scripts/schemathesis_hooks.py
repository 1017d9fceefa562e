"""Signed documents and snapshots are text."""

import schemathesis

for media_type in ("application/jose", "application/jose+json", "application/x-ndjson"):
    schemathesis.serializer.alias(media_type, "text/plain")
