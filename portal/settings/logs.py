"""Logs: no request bodies, no query strings, no personal data."""


def logging_of(env) -> dict:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "redact": {"()": "services.foundation.redaction.RedactingFilter"},
            "request_id": {"()": "portal.logs.RequestId"},
        },
        "formatters": {
            "plain": {"format": "%(asctime)s %(levelname)s %(request_id).8s %(name)s %(message)s"},
            "json": {"()": "portal.logs.JsonFormatter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": env.str("LOG_FORMAT", default="json"),
                "filters": ["redact", "request_id"],
            },
        },
        "loggers": {"django_tasks": {"level": "WARNING"}, "wagtail": {"level": "WARNING"}},
        "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    }
