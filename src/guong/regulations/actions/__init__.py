"""Named writes about layers."""
