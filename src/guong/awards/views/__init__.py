"""Screens of awards."""
