"""Search over the pages and what is open, in Chinese, by an index of our own (docs/decisions/0024)."""
