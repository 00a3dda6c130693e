"""What a certificate says, and the code that leads to the page that says whether it is valid."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from services.bookings.qr import check_in_svg
from services.signups.models import Certificate


def certificate_of(certificate: Certificate, *, now: datetime) -> dict:
    """For the print template. Her name stands on it, no number of hers."""
    address = address_of(certificate)
    return {
        "certificate": certificate,
        "activity": certificate.activity,
        "session": certificate.booking.session,
        "worker": certificate.worker,
        "code": check_in_svg(address),
        "address": address,
        "printed_at": now,
    }


def address_of(certificate: Certificate) -> str:
    """Absolute: whoever checks the certificate opens it with a camera of her own."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + reverse("signups:check", args=[certificate.token])
