"""What a certificate says, and the QR code that leads to the page that says "valid" and nothing more."""

import io
from datetime import datetime

import segno
from django.conf import settings
from django.urls import reverse

from services.mutual_aid.models import Cover
from services.mutual_aid.queries import name_of, present_version


def certificate_of(cover: Cover, *, now: datetime) -> dict:
    """For the print template. Her name stands on it, her number masked, no illness and no sum."""
    version = present_version(cover)
    return {
        "cover": cover,
        "version": version,
        "scheme_name": name_of(version.terms.scheme),
        "name": cover.worker.name,
        "identity": cover.worker.masked_id_number,
        "code": qr_svg(address_of(cover)),
        "address": address_of(cover),
        "printed_at": now,
    }


def address_of(cover: Cover) -> str:
    """Absolute: whoever checks the certificate opens it with a camera of her own."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + reverse("certificates:check", args=[cover.token])


def qr_svg(address: str) -> str:
    """Inline SVG, no script, no style, a class to size it by."""
    stream = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        stream, kind="svg", scale=6, border=4, xmldecl=False, svgns=True, svgclass="qr", lineclass=None, omitsize=True
    )
    return stream.getvalue().decode()
