"""Casework at the desk."""
