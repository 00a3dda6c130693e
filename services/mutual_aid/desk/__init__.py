"""Mutual aid in the desk. Schemes are addressed by code, their versions by number; nothing of a woman is in a URL."""
