"""Hardship relief (困难职工帮扶): household files, the income test, programmes, awards."""
