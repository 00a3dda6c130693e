"""Her side of screening: what is open, whether she can take part, booking, and what she can do with a booking."""
