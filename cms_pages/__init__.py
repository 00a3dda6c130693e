"""Wagtail pages, blocks and search. They read services; they never act."""
