"""Log lines as JSON, each with the number of the request or task during which it was written.

What may stand in a line the redacting filter has decided before it comes here; nothing is added but names of ours.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

current_id: ContextVar[str] = ContextVar("request_id", default="-")
# What a line may carry besides its message: words and numbers of ours (portal.watching).
_MORE = ("view", "method", "status", "milliseconds")


class RequestId(logging.Filter):
    """Puts the number of the request, or of the task, on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_id.get()
        return True


class JsonFormatter(logging.Formatter):
    """One object a line, as collectors of logs read it."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _MORE if hasattr(record, name)}
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            line["exception"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)
