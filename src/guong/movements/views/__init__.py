"""Screens of movements: lists, one movement, launches, and what the standing office sets."""
