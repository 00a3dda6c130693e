"""Her side: what she has going on, in one place."""
