"""Notices and the register of looks on the desk."""
