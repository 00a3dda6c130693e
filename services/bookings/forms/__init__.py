"""Forms of the door, of draws, and of places that are handed down."""

from services.bookings.forms.door import CodeForm, DoorForm, EntryNumberForm, KeptScanForm, ScanFilters

__all__ = ["CodeForm", "DoorForm", "EntryNumberForm", "KeptScanForm", "ScanFilters"]
