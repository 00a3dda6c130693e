"""Forms of mutual aid."""
