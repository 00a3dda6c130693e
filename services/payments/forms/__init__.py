"""What staff and she fill in about money."""
