"""Writes on workers' records: ``claims`` ties a signed-in woman to her record, ``records`` keeps the record itself."""
