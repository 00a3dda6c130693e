"""Who may open the addresses of payments: see ``table.py``."""

ROWS = {}
