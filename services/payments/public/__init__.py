"""Her side: what she was paid, whether it arrived, where her money goes."""
