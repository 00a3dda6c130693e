"""What may be said about numbers: rates, medians, comparisons, and which cells tell on a person. Plain Python."""
