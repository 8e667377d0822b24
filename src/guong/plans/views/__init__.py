"""Screens of plans: lists, reading and confirming, one plan, duties."""
