"""The officers' face of imports: upload, preview, decide, fetch the marked workbook."""
