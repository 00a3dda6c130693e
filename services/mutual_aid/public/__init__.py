"""Her side of mutual aid."""
