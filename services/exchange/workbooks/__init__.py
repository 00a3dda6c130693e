"""Everything that knows what a workbook is made of: opening safely, reading, writing, handing back."""

from services.exchange.workbooks.writing import About, Written, write_workbook

__all__ = ["About", "Written", "write_workbook"]
