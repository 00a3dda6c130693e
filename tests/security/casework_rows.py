"""Who may open the addresses of casework: see ``table.py``."""

ROWS = {}
