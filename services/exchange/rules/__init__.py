"""How a table is found on a sheet and which of its rows count: plain Python."""
