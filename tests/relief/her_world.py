"""A woman at her own pages: a client signed in as her, and the pages posted as a browser would."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from services.casework.actions.documents import attach
from services.foundation import clock
from tests.casework import samples

_BASE = re.compile(r'name="base" value="([^"]*)"')
_SEEN = re.compile(r'name="seen" value="([^"]*)"')


def signed_in(worker) -> Client:
    client = Client()
    client.force_login(worker.user, backend="services.accounts.backends.WorkerCode")
    return client


def text(response) -> str:
    return response.content.decode()


def page(application, name: str, *rest) -> str:
    return reverse(f"relief:{name}", args=[application.case.token, *rest])


def fill(client: Client, address: str, /, **typed) -> HttpResponse:
    """Open a page and post it with what it held hidden."""
    hidden = _BASE.search(text(client.get(address)))
    return client.post(address, {"base": hidden.group(1) if hidden else "", **typed})


def send(client: Client, application, **ticks) -> HttpResponse:
    address = page(application, "check")
    seen = _SEEN.search(text(client.get(address)))
    ticked = {"declares": "on", "lets_check": "on"} | ticks
    return client.post(address, {"seen": seen.group(1) if seen else "", **{k: v for k, v in ticked.items() if v}})


def confirmed(client: Client) -> Client:
    session = client.session
    session["confirmed_at"] = clock.now().timestamp()
    session.save()
    return client


def paper(application, kind: str, *, now) -> None:
    upload = SimpleUploadedFile("照片.jpg", samples.photo(salt=kind), "image/jpeg")
    attach(application.case, kind=kind, upload=upload, by=application.case.worker.user, now=now)
