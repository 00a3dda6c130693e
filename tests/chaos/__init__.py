"""Processes are killed at random points while people go on; afterwards the books must agree."""
