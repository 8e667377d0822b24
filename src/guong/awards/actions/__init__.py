"""The named writes of awards."""
