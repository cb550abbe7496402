"""Reports computed from many records: pure functions of validated values; every figure keeps the ids of its rows."""
