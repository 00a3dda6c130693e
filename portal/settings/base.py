"""Settings shared by every environment. The environment is read here and nowhere else.

Each variable is described in ``.env.example``; a test keeps that file complete.
Defaults are those of production; ``demo`` and ``test`` loosen what they need.
"""

import os
from pathlib import Path

import environ

from portal.settings.content_security import (
    CONTENT_SECURITY_POLICY,  # noqa: F401  a setting
    may_load_pictures_from,
)
from portal.settings.installed import INSTALLED_APPS, MIDDLEWARE  # noqa: F401  settings
from portal.settings.logs import logging_of
from portal.settings.object_storage import object_stores
from portal.settings.schedule import CELERY_BEAT_SCHEDULE  # noqa: F401  a setting

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

# --- identity of this installation -------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="http://127.0.0.1:8000")
FEDERATION_NAME = env.str("FEDERATION_NAME", default="示例市总工会")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# --- sensitive columns (services.foundation.crypto) ---------------------------------
# First key writes, every key reads: "id:base64key[,id:base64key]".
FIELD_KEYS = env.list("FIELD_KEYS", default=[])
INDEX_KEY = env.str("INDEX_KEY", default="")
# Area code 990000 is valid in identity numbers, phones 1990000xxxx are deliverable: demo and tests only.
ALLOW_INVENTED_IDENTITIES = False

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
        },
    }
]
COTTON_DIR = "components"
COTTON_SNAKE_CASED_NAMES = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data ------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'mumian.sqlite3'}")}
_engine = DATABASES["default"]["ENGINE"]
if _engine.endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
        ),
    }
elif _engine.endswith("postgresql"):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"].setdefault("OPTIONS", {})
    if _pool := env.int("DATABASE_POOL_SIZE", default=4):
        DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": _pool, "timeout": 10}
        # A connection that a restart of the server has cut is noticed before a page is given it.
        DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Only where connections last, and PgBouncer doesn't deal them out: else nothing is asked twice of the same one.
DATABASE_PREPARED_STATEMENTS = env.bool("DATABASE_PREPARED_STATEMENTS", default=True)
DATABASE_PREPARED_STATEMENTS &= "pool" in DATABASES["default"]["OPTIONS"]

REDIS_URL = env.str("REDIS_URL", default="")
# "progress" is seen by web processes and workers alike: a running import holds its transaction open.
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "portal.caches.Redis",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},  # seconds; a page is made without it then
        }
    }
    CACHES["progress"] = CACHES["pages"] = CACHES["default"]
else:
    # Files, so that web and background processes share rate limits and learn of each other's publishing.
    CACHES = {
        "default": {
            "BACKEND": "portal.caches.Files",
            "LOCATION": str(VAR_DIR / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        },
        "pages": {
            "BACKEND": "portal.caches.Files",
            "LOCATION": str(VAR_DIR / "pages"),
            "OPTIONS": {"MAX_ENTRIES": 2000},
        },
        "progress": {
            "BACKEND": "portal.caches.Files",
            "LOCATION": str(VAR_DIR / "progress"),
        },
    }
# Wagtail writes back what it has read of pictures, at each look: a store of the process's own makes that free. Its keys
# change with whatever is published, so another process's news is heard as for pages.
CACHES["renditions"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "renditions",
    "KEY_FUNCTION": "cms_pages.freshness.key_of_rendition",
    "OPTIONS": {"MAX_ENTRIES": 2000},
}

# --- background work: Redis when configured, else files below VAR_DIR ---------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "queue" / "messages"),
        "data_folder_out": str(VAR_DIR / "queue" / "messages"),
        "control_folder": str(VAR_DIR / "queue" / "control"),
        "processed_folder": str(VAR_DIR / "queue" / "done"),
    }
    for _folder in CELERY_BROKER_TRANSPORT_OPTIONS.values():
        Path(_folder).mkdir(parents=True, exist_ok=True)
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2}
# A page doesn't wait for a queue that is gone: what it asked for stands in a row, and the schedule takes it up.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = "interactive"
CELERY_TASK_ROUTES = {
    "services.exchange.tasks.*": {"queue": "bulk"},
    "services.publishing.tasks.*": {"queue": "bulk"},
}
CELERY_TASK_TIME_LIMIT = 3600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# --- files: on disk, or in the buckets of an object store ----------------------------------------
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Whether the application hands out pictures itself; a web server in front does it better.
SERVE_PICTURES = env.bool("SERVE_PICTURES", default=False)
PRIVATE_ROOT = VAR_DIR / "private"
# Whether nginx in front reads private files from PRIVATE_ROOT at the application's word (portal.private_files).
NGINX_SENDS_FILES = env.bool("NGINX_SENDS_FILES", default=False)
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.stylesheet.StylesheetFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
} | object_stores(env)
# An address at which browsers themselves find the pictures of the public bucket.
S3_PUBLIC_URL = env.str("S3_PUBLIC_URL", default="")
if S3_PUBLIC_URL:
    may_load_pictures_from(S3_PUBLIC_URL)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=20 * 1024 * 1024)
# Uploaded and returned workbooks hold personal data: they are deleted after this many days.
EXCHANGE_FILE_DAYS = env.int("EXCHANGE_FILE_DAYS", default=14)
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", default=200_000)
# Workbooks that one person may upload, and download, in an hour; 0 sets no limit.
UPLOADS_PER_HOUR = env.int("UPLOADS_PER_HOUR", default=30)
EXPORTS_PER_HOUR = env.int("EXPORTS_PER_HOUR", default=30)
# A group enrolled at once: how many women at most, and how long a place is kept for one who has yet to agree.
ENROLMENT_MAX_ROWS = env.int("ENROLMENT_MAX_ROWS", default=500)
ENROLMENT_OFFER_HOURS = env.int("ENROLMENT_OFFER_HOURS", default=72)
MUTUAL_AID_MAX_ROWS = env.int("MUTUAL_AID_MAX_ROWS", default=20_000)  # women in one batch
# Certificates that may be checked from one network in an hour; 0 sets no limit.
CERTIFICATE_CHECKS_PER_HOUR = env.int("CERTIFICATE_CHECKS_PER_HOUR", default=120)
# Rows that one export may hold (masked, in clear), and the hours for which it is kept for whoever asked for it.
EXPORT_MAX_ROWS = env.int("EXPORT_MAX_ROWS", default=200_000)
EXPORT_MAX_ROWS_IN_CLEAR = env.int("EXPORT_MAX_ROWS_IN_CLEAR", default=2_000)
EXPORT_FILE_HOURS = env.int("EXPORT_FILE_HOURS", default=48)
# Photos and papers of cases: bytes of one file, pages of a PDF, pixels of a photo, files of one case, of one person
# in an hour (0 sets no limit).
CASE_DOCUMENT_MAX_BYTES = env.int("CASE_DOCUMENT_MAX_BYTES", default=20 * 1024 * 1024)
CASE_DOCUMENT_MAX_PAGES = env.int("CASE_DOCUMENT_MAX_PAGES", default=50)
CASE_PICTURE_MAX_PIXELS = env.int("CASE_PICTURE_MAX_PIXELS", default=64_000_000)
CASE_MAX_DOCUMENTS = env.int("CASE_MAX_DOCUMENTS", default=60)
CASE_UPLOADS_PER_HOUR = env.int("CASE_UPLOADS_PER_HOUR", default=120)
CASE_UPLOAD_PART_BYTES = 512 * 1024  # a part of a file that arrives in parts
CASE_UPLOAD_DAYS = env.int("CASE_UPLOAD_DAYS", default=7)  # then an unfinished file is given up
CASE_REMOVED_DOCUMENT_DAYS = env.int("CASE_REMOVED_DOCUMENT_DAYS", default=7)  # then its bytes go, its line stays
# The virus scanner (clamd). While it can't be reached, and as long as none is named, files are held back.
CLAMAV_HOST = env.str("CLAMAV_HOST", default="")
CLAMAV_PORT = env.int("CLAMAV_PORT", default=3310)
# The one way to do without a scanner: to say so.
CASE_DOCUMENTS_UNSCANNED = env.bool("CASE_DOCUMENTS_UNSCANNED", default=False)
# A bank's file holds account numbers in clear: it is deleted so many hours after it was written, its digest stays.
PAYMENT_FILE_HOURS = env.int("PAYMENT_FILE_HOURS", default=72)
# Different ones that one finance officer may take in an hour: her daily work, but never all of them at once.
PAYMENT_FILES_PER_HOUR = env.int("PAYMENT_FILES_PER_HOUR", default=20)
# Copying a workbook whole takes 4 kB of memory a row; beyond this only its faulty rows go back.
IMPORT_COPY_ROWS = env.int("IMPORT_COPY_ROWS", default=20_000)

# --- language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]  # ours, then what Wagtail leaves untranslated
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = "Asia/Shanghai"
CELERY_TIMEZONE = TIME_ZONE
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- signing in ----------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "services.accounts.backends.StaffPassword",
    "services.accounts.backends.WorkerCode",
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/my/"
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "services.accounts.adapter.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "services.accounts.forms.StaffLoginForm",
    "change_password": "services.accounts.forms.StaffPasswordForm",
    "reauthenticate": "services.accounts.forms.StaffAgainForm",
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "木棉 Mumian"
MFA_FORMS = {
    "authenticate": "services.accounts.forms.FactorForm",
    "reauthenticate": "services.accounts.forms.FactorOnceMoreForm",
    "activate_totp": "services.accounts.forms.NewFactorForm",
}
MFA_ADAPTER = "services.accounts.adapter.SealedMFAAdapter"
USERSESSIONS_TRACK_ACTIVITY = True
SESSION_NOTED_SECONDS = 60  # how often at most a session's last use is written down
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=True)
STAFF_IDLE_SECONDS = env.int("STAFF_IDLE_SECONDS", default=30 * 60)
STAFF_PASSWORD_MAX_AGE_DAYS = env.int("STAFF_PASSWORD_MAX_AGE_DAYS", default=180)
STAFF_PASSWORDS_REMEMBERED = env.int("STAFF_PASSWORDS_REMEMBERED", default=3)
SHOW_CODES_ON_SCREEN = False
CODE_LIFETIME_SECONDS = env.int("CODE_LIFETIME_SECONDS", default=5 * 60)
# How long a page that asks once more who she is stays open after the code.
CONFIRMED_SECONDS = env.int("CONFIRMED_SECONDS", default=5 * 60)
CODE_COOLDOWN_SECONDS = env.int("CODE_COOLDOWN_SECONDS", default=60)
CODE_TRIES = env.int("CODE_TRIES", default=5)
CODES_PER_PHONE_HOUR = env.int("CODES_PER_PHONE_HOUR", default=5)
CODES_PER_PHONE_DAY = env.int("CODES_PER_PHONE_DAY", default=10)
CODES_PER_ADDRESS_HOUR = env.int("CODES_PER_ADDRESS_HOUR", default=20)
WRONG_CODES_PER_ADDRESS_HOUR = env.int("WRONG_CODES_PER_ADDRESS_HOUR", default=50)
# A browser in which a number was signed in is known for it so long, and codes are kept for it.
KNOWN_BROWSER_DAYS = env.int("KNOWN_BROWSER_DAYS", default=180)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "services.accounts.password_rules.KnownFromLeaksValidator"},
    {"NAME": "services.accounts.password_rules.CharacterClassesValidator"},
    {"NAME": "services.accounts.password_rules.PasswordReuseValidator"},
]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- messages out ---------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
if EMAIL_BACKEND.endswith("filebased.EmailBackend"):
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
else:
    EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or ""
    EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
    EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
    EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
    EMAIL_USE_TLS = bool(EMAIL_CONFIG.get("EMAIL_USE_TLS"))
    EMAIL_USE_SSL = bool(EMAIL_CONFIG.get("EMAIL_USE_SSL"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="mumian@localhost")
MESSAGING_CHANNELS = {
    "sms": env.str("SMS_BACKEND", default="services.messaging.channels.FileChannel"),
    "email": "services.messaging.channels.EmailChannel",
    "wechat": env.str("WECHAT_BACKEND", default="services.messaging.channels.FileChannel"),
}
MESSAGING_FILE_ROOT = VAR_DIR / "outbox"
QUIET_HOURS = (env.int("QUIET_HOURS_FROM", default=21), env.int("QUIET_HOURS_TO", default=8))

# --- transport and content security -----------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # not DENY: the editor previews our own pages in a frame

# --- Wagtail ----------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "木棉"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # opening hours, doors and deadlines are all local
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms_pages.search_backend"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "xlsx", "docx", "pptx", "csv", "txt", "mp4", "webm", "vtt"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms_pages.file_forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 120 * 1024 * 1024  # a video; other documents may have less
DOCUMENT_MAX_BYTES = 20 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif", "heic"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms_pages.file_forms.PictureForm"
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_WEBP_QUALITY = 78
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
# Whether the nightly check of links visits other sites too; private networks never.
LINK_CHECK_OUTSIDE = env.bool("LINK_CHECK_OUTSIDE", default=False)
WAGTAILEMBEDS_FINDERS = []  # no block embeds anything: the server fetches no address that somebody typed
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
COMPLAINT_WORKING_DAYS = env.int("COMPLAINT_WORKING_DAYS", default=15)  # within which a complaint is answered
CASE_AUTHORISATION_DAYS = env.int("CASE_AUTHORISATION_DAYS", default=365)  # the longest somebody may act for her
CASE_REPRESENTED_A_MONTH = env.int("CASE_REPRESENTED_A_MONTH", default=30)  # from so many filings on she is looked at
SMALL_CELL_THRESHOLD = env.int("SMALL_CELL_THRESHOLD", default=5)  # figures below it are hidden where they tell on her
COVERAGE_RANKED_FROM = env.int("COVERAGE_RANKED_FROM", default=10)  # fewer unions that must aren't ranked
COVERAGE_REMIND_AGAIN_AFTER_DAYS = env.int("COVERAGE_REMIND_AGAIN_AFTER_DAYS", default=14)


# --- public notices -----------------------------------------------------------------------------------
NOTICE_SMALLEST_GROUP = env.int("NOTICE_SMALLEST_GROUP", default=3)  # lines that share a shown place and name
# Objections from one network address, and to one notice, in an hour; and questions from one address what became of one.
OBJECTIONS_PER_ADDRESS_HOUR = env.int("OBJECTIONS_PER_ADDRESS_HOUR", default=5)
OBJECTIONS_PER_NOTICE_HOUR = env.int("OBJECTIONS_PER_NOTICE_HOUR", default=60)
OBJECTION_QUESTIONS_PER_HOUR = env.int("OBJECTION_QUESTIONS_PER_HOUR", default=20)

# --- looks at protected fields ------------------------------------------------------------------------
LOOKS_PER_HOUR = env.int("LOOKS_PER_HOUR", default=30)
# Papers of cases that one staff member may open in an hour: her daily work, so more than of other fields.
CASE_DOCUMENT_LOOKS_PER_HOUR = env.int("CASE_DOCUMENT_LOOKS_PER_HOUR", default=300)

SIDE_BAR_SECONDS = 30  # until it is asked again which entries somebody sees whose posts are the same
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=300)

# --- health and graphs: who may be told more than a word ------------------------------------------------
# Nobody but who sends this token, or comes from this very machine past every proxy where that is allowed.
MONITORING_TOKEN = env.str("MONITORING_TOKEN", default="")
MONITORING_FROM_LOOPBACK = env.bool("MONITORING_FROM_LOOPBACK", default=False)
# Where several web processes count together; emptied by each start of the machine or container.
if _metrics := env.str("METRICS_DIR", default=""):
    Path(_metrics).mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _metrics
OUTBOX_LATE_SECONDS = env.int("OUTBOX_LATE_SECONDS", default=3600)  # a message that is due for longer is a fault

LOGGING = logging_of(env)
