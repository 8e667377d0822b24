"""Named writes of the record book."""
