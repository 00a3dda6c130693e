"""Forms about workers' records: ``claims`` are hers."""
