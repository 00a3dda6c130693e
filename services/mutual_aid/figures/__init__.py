"""The statistics of mutual aid, declared once for pages, workbooks and month ends."""
