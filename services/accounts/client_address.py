"""The network address a request comes from, honouring the configured number of proxies."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied

# Requests without an address share one bucket, so that a missing proxy header can't lift the limits.
UNKNOWN = "unknown"


def of(request) -> str:
    """The client's address, or ``unknown``."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return UNKNOWN
