"""Am I covered, for what, and claiming it."""
