"""Forms of the law's pages."""
