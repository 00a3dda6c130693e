"""Reads of publishing."""
