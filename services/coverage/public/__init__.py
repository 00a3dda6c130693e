"""The public side: coverage by district at the last month end, and nothing about a single union."""
