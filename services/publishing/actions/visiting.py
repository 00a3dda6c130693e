"""Asking an address outside our site whether it is still there. Nothing that it answers is kept or shown."""

import http.client
import socket
import ssl
from urllib.parse import quote, urljoin

from services.publishing.enums import LinkFaultKind
from services.publishing.rules.outside import Destination, destination, is_public

SECONDS = 8
REDIRECTS = 3
_GONE = frozenset({404, 410})


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was judged, whatever the name resolves to by then."""

    def __init__(self, where: Destination, address: str):
        super().__init__(where.host, where.port, timeout=SECONDS)
        self.where, self.address = where, address

    def connect(self):
        plain = socket.create_connection((self.address, self.where.port), timeout=SECONDS)
        if self.where.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.where.host)
        else:
            self.sock = plain


def visit(address: str) -> str | None:
    """A fault, or None when something answers. Each redirect is judged like the first address."""
    for _turn in range(REDIRECTS + 1):
        where = destination(address)
        target = _resolve(where.host) if where else None
        if where is None or target is None:
            return LinkFaultKind.OUTSIDE_REFUSED if where is None else LinkFaultKind.OUTSIDE_DEAD
        if not target:
            return LinkFaultKind.OUTSIDE_REFUSED
        try:
            status, onward = _ask(where, target)
        except (OSError, http.client.HTTPException):
            return LinkFaultKind.OUTSIDE_DEAD
        if not onward:
            return LinkFaultKind.OUTSIDE_DEAD if status in _GONE or status >= 500 else None
        address = urljoin(address, onward)
    return LinkFaultKind.OUTSIDE_DEAD


def _resolve(host: str) -> str | None:
    """An address of the host; "" when one of them isn't public, None when there is none."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return None
    return sorted(found)[0] if found and all(map(is_public, found)) else ""


def _ask(where: Destination, address: str) -> tuple[int, str]:
    connection = _Pinned(where, address)
    try:
        headers = {"User-Agent": "link-check", "Accept": "*/*", "Connection": "close"}
        connection.request("GET", quote(where.path, safe="/?&=%:@!$'()*+,;~#-._"), headers=headers)
        response = connection.getresponse()
        onward = response.headers.get("Location", "") if 300 <= response.status < 400 else ""
        return response.status, onward
    finally:
        connection.close()
