"""Who may open the addresses of relief: see ``table.py``."""

ROWS = {}
