"""Reading the contents of files for a scan, whatever their names say they are."""

from services.publishing.rules.readers.opening import scan_file

__all__ = ["scan_file"]
