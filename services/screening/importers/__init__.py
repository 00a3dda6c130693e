"""Workbooks that come in: the list of a group, and what a site writes down of its day."""

from services.screening.importers.enrolment import GROUP, hand_back, read_group

__all__ = ["GROUP", "hand_back", "read_group"]
