"""Screens of the organisation, its people, accounts, roles and the log."""
