"""English dates and times as the rest of the interface writes them: 24 hours, and no full stop at the end."""

DATETIME_FORMAT = "N j, Y, H:i"
