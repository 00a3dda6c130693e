"""The yardstick: a Django with no application, no middleware, and one view that inserts one row and says so."""

import os

import django
import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import re_path


def insert(request):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare_rows (told) VALUES (%s)", [request.path])
    return HttpResponse("Kept")


database = environ.Env().db_url("DATABASE_URL")
database["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 4, "timeout": 10}}
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": database},
    DEBUG=False,
    MIDDLEWARE=[],
    ROOT_URLCONF=(re_path("", insert),),
    SECRET_KEY=os.environ.get("SECRET_KEY", "nothing is signed"),
)
django.setup()
application = get_wsgi_application()
