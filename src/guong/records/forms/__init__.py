"""Forms of the record book."""
