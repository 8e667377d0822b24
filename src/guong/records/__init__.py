"""The record book: what people and collectives were given, how rated, what bars them (D-18, K-16)."""
