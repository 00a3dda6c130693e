"""The desk of mutual aid."""
