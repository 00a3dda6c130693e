"""The desk of activities and training."""
