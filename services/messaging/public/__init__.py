"""Her inbox."""
