"""Pages of the law and of the regulations a department has of its own."""
