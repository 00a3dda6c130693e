"""The officers' face of screening, inside the Wagtail admin."""
