"""What every app stands on: people, organisations, roles, files, the one road for state, the audit chain."""
