"""What became of a plan after issue, as its pages show it: copies, derived plans, difficulties, revisions."""
