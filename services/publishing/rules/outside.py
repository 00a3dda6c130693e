"""Which addresses outside our site may be visited by the server, and which never.

Source: OWASP server-side request forgery; what is asked for is decided by the address a name resolves to, and that
very address is then connected to, so that a name can't mean another machine a moment later.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
# Not "private" to the library, and yet nobody's public web server: shared space of carriers, benchmarks, 6to4, NAT64.
_NEVER = tuple(
    map(
        ipaddress.ip_network,
        ("100.64.0.0/10", "198.18.0.0/15", "192.0.0.0/24", "64:ff9b::/96", "2002::/16", "2001::/32"),
    )
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to go: ``host`` as the certificate must name it, ``path`` with its query."""

    scheme: str
    host: str
    port: int
    path: str


def destination(address: str) -> Destination | None:
    """What an address names; None for anything but plain http(s) on its usual port to a host with a name."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        return None
    if port not in (None, _PORTS[parts.scheme]) or not _is_name(parts.hostname):
        return None
    path = parts.path or "/"
    if any(ord(c) < 33 for c in path + parts.query):
        return None
    return Destination(
        parts.scheme, parts.hostname, _PORTS[parts.scheme], f"{path}?{parts.query}" if parts.query else path
    )


def _is_name(host: str) -> bool:
    """A registered name. Numbers in any notation (127.1, 2130706433, 0x7f.1, [::1]) are none."""
    if ":" in host or "." not in host.strip(".") or len(host) > 253:
        return False
    last = host.rstrip(".").rpartition(".")[2].lower()
    if (
        last.isdigit()
        or last.startswith("0x")
        or last in ("local", "localhost", "internal", "localdomain", "lan", "home")
    ):
        return False
    return all(label and not label.startswith("-") for label in host.rstrip(".").split("."))


def is_public(address: str) -> bool:
    """Is it the address of a machine on the public internet? Embedded IPv4 addresses count as what they embed."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip in network for network in _NEVER if network.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)
