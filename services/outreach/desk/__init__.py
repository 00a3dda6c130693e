"""Telling women of a page, at the desk."""
