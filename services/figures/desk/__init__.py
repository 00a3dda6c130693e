"""The desk's face of figures: the list of statistics, the report, its workbook, its target."""
