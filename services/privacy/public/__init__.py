"""Her view of her own data."""
