"""WSGI entry point for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()
# What a process keeps for its whole life, the addresses with their views included, isn't searched for garbage over and
# over: that stood in the way of one page in a few, for as long as a page takes. Nor is garbage looked for forty times
# among the thirty thousand objects of a page, nearly all of which go by themselves.
get_resolver().url_patterns  # noqa: B018 -- reads them
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)
