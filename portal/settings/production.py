"""Production: refuses to start without its own secrets."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # noqa: F403

for _name in ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "ALLOWED_HOSTS"):
    if not globals()[_name]:
        raise ImproperlyConfigured(f"{_name} is not set: see .env.example.")
