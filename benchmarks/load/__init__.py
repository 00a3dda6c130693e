"""Load through nginx: an opening minute, an office morning, one web process and two; ``python -m benchmarks.load``."""
