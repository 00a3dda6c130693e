"""From where a page may load what: from us alone, and forms go nowhere else."""

from urllib.parse import urlsplit

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}


def may_load_pictures_from(address: str) -> None:
    """Let pages show pictures from one other origin."""
    whence = urlsplit(address)
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(f"{whence.scheme}://{whence.netloc}")
