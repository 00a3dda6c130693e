"""The product on one machine with invented people: SQLite, files, no broker, plain HTTP on loopback."""

from portal.settings.base import *  # noqa: F403

SECRET_KEY = SECRET_KEY or "demo-only-not-a-secret-4b1f0d6a9c2e47b58d7a3f6e1c0b9a8d"  # pragma: allowlist secret
FIELD_KEYS = FIELD_KEYS or ["demo:ZGVtby1rZXktZGVtby1rZXktZGVtby1rZXktMDAwMDA="]  # pragma: allowlist secret
INDEX_KEY = INDEX_KEY or "ZGVtby1pbmRleC1rZXktZGVtby1pbmRleC1rZXktMDA="  # pragma: allowlist secret
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]
ALLOW_INVENTED_IDENTITIES = True
SERVE_PICTURES = True
CASE_DOCUMENTS_UNSCANNED = not CLAMAV_HOST
SHOW_CODES_ON_SCREEN = True
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=False)

MONITORING_FROM_LOOPBACK = env.bool("MONITORING_FROM_LOOPBACK", default=True)
LOGGING["handlers"]["console"]["formatter"] = env.str("LOG_FORMAT", default="plain")

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
