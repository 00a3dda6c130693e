"""Places with a hard limit: sessions, allocations down the tree, holds, waiting list, check-in."""
