"""Telling women of what was published: whom, with whose consent, once, and how they leave."""
