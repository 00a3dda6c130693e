"""Hardship relief in the desk. Files and cases are addressed by token; values are masked and never in a URL."""
