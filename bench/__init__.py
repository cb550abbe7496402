"""How fast ksdocs is, and what it is held against: `make bench` (see docs/performance.md)."""
