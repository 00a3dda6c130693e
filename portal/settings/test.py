"""The demo's settings, made quick and silent for the tests. DATABASE_URL and REDIS_URL still apply."""

import os
import tempfile
from urllib.parse import urlsplit

from portal.settings.demo import *  # noqa: F403

VAR_DIR = Path(tempfile.mkdtemp(prefix="mumian-test-"))
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
MESSAGING_FILE_ROOT = VAR_DIR / "outbox"
# Never those of an object store that a .env names.
S3_PUBLIC_URL = ""
STORAGES["default"] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES["private"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None},
}
# Each thread of a race has a connection of its own, however many there are.
DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
DATABASE_PREPARED_STATEMENTS = True  # as with pooled connections
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=True)
CELERY_TASK_EAGER_PROPAGATES = True
PAGE_CACHE_SECONDS = 0
SIDE_BAR_SECONDS = 0
# Each test client makes the middleware anew: files are looked for when they are asked for, not all of them before.
WHITENOISE_AUTOREFRESH = True
LOGGING["root"]["level"] = "WARNING"
if not REDIS_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"}
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"}
    CACHES["progress"]["LOCATION"] = str(VAR_DIR / "progress")
if REDIS_URL:
    # Parallel runs empty their caches between tests: each has a Redis database of its own.
    _own = 2 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = urlsplit(REDIS_URL)._replace(path=f"/{_own}").geturl()
