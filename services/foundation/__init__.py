"""What every app stands on: no tables, no domain word. Nothing here imports another app."""
