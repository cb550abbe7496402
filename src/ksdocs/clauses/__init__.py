"""The words of clauses: read as text, kept as trees, filled in their leaves."""
