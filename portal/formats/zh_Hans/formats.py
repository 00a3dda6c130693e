"""Chinese dates as people write them: no leading zeros (Django's own has them in the month and day)."""

MONTH_DAY_FORMAT = "n月j日"
