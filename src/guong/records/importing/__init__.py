"""From an office's spreadsheet to lines of the book: headings, values, people, checks, one write (K-08)."""
