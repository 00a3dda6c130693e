"""Wiring: settings, routes, middleware, the Celery application. No domain rule lives here."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
