"""Her side of relief."""
