"""Her side of outreach."""
