"""Named writes of the organisation, its people, accounts and roles."""
