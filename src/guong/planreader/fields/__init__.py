"""One module per group of fields; each takes the document and a ledger for sources, and returns values."""
