"""What answers at an address of our own site, besides the page tree."""

from django.urls import Resolver404, resolve


def resolves(path: str) -> bool:
    """Does a route of ours, other than the page tree, take this path? Whether what it names exists isn't asked."""
    try:
        return resolve(path).view_name != "wagtail_serve"
    except (Resolver404, ValueError):
        return False
