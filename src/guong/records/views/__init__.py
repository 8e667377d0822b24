"""Screens of the record book."""
