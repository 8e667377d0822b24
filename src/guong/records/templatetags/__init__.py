"""Template tags of the record book."""
