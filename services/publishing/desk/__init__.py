"""The desk of publishing."""
