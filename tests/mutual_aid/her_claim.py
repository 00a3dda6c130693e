"""A woman at the pages of her claim: a client signed in as her, and the pages posted as a browser would."""

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

_BASE = re.compile(r'name="base" value="([^"]*)"')
_SEEN = re.compile(r'name="seen" value="([^"]*)"')


def page(claim, name: str) -> str:
    return reverse(f"claims:{name}", args=[claim.case.token])


def fill(client: Client, address: str, /, **typed) -> HttpResponse:
    """Open a page and post it with what it held hidden."""
    hidden = _BASE.search(client.get(address).content.decode())
    return client.post(address, {"base": hidden.group(1) if hidden else "", **typed})


def send(client: Client, claim, **ticks) -> HttpResponse:
    address = page(claim, "check")
    seen = _SEEN.search(client.get(address).content.decode())
    return client.post(address, {"seen": seen.group(1) if seen else "", **({"declares": "on"} | ticks)})
