"""The shared record: features, datastreams, entries, sources, organisations, commitments, findings, audit."""
